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
export function stateText({state, duplicateOf, remainder, forgotten, preferred, hidden}: ActivityFacts): string {
  if (state === 'duplicate') {
    const stays = Number.isNaN(remainder) || hidden ? '' : `, but for ${length(remainder)} that only it has`;
    return `duplicate of ${duplicateOf}${stays}`;
  }
  if (state === 'forgotten')
    return forgotten === 'user' ? 'forgotten on request' : 'forgotten: its file has it no more';
  if (state === 'excluded') return 'excluded: not on the map';
  if (hidden) return 'active, but not on the map: it lies wholly within privacy zones and trimmed ends';
  return preferred ? 'active, preferred to its duplicates' : 'active';
}

/** Where other machines find a server, as a line for people; nothing where they cannot. */
export function othersText(urls: string[]): string {
  return urls.length === 0 ? '' : `From other machines: ${urls.join(', ')}\n`;
}

/** How many activities privacy keeps off the map, as a line for people; nothing where it is none. */
export function hiddenText(activities: ActivityFacts[]): string {
  const n = activities.filter(({state, hidden}) => state === 'active' && hidden).length;
  if (n === 0) return '';
  const lie = n === 1 ? 'activity lies' : 'activities lie';
  return `${n.toLocaleString('en')} ${lie} wholly within zones and trimmed ends, and not on the map\n`;
}
