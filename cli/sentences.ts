import type {ActivityFacts, OtherRecording} from '../builder/library.ts';
import {length} from './format.ts';

/** Why two recordings are of one outing, for people. */
export function cause({by, share, minutes}: OtherRecording): string {
  if (by === 'points') return 'the same points';
  if (by === 'shape') return 'the same line without times';
  if (by === 'clock') return `the same with a clock ${Math.abs(minutes)} min ${minutes > 0 ? 'ahead' : 'behind'}`;
  return `at the same time in the same places (${Math.floor(share * 100)} %)`;
}

/** What became of an activity, for people. */
export function stateText({state, duplicateOf, remainder, forgotten, preferred}: ActivityFacts): string {
  if (state === 'duplicate') {
    const stays = Number.isNaN(remainder) ? '' : `, but for ${length(remainder)} that only it has`;
    return `duplicate of ${duplicateOf}${stays}`;
  }
  if (state === 'forgotten')
    return forgotten === 'user' ? 'forgotten on request' : 'forgotten: its file has it no more';
  if (state === 'excluded') return 'excluded: not on the map';
  return preferred ? 'active, preferred to its duplicates' : 'active';
}
