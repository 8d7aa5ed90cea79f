/**
 * The sports of Trackheat: one short vocabulary for every device and web site.
 *
 * A sport's place in this list is its index in archives and in the ids of group rows, so entries are only ever appended.
 */
export const sports = [
  'other',
  'ride',
  'mountain-bike',
  'gravel',
  'e-bike',
  'run',
  'trail-run',
  'walk',
  'hike',
  'ski',
  'nordic-ski',
  'snowboard',
  'skate',
  'swim',
  'row',
  'paddle',
  'sail',
  'ride-animal',
  'fly',
  'drive',
] as const;

export type Sport = (typeof sports)[number];

/** Index of a sport in {@link sports}; what is not in the vocabulary is `other`, 0. */
export function sportIndex(sport: string): number {
  return Math.max(0, (sports as readonly string[]).indexOf(sport));
}

/** Whether a word is in the vocabulary. */
export function isSport(word: string): word is Sport {
  return (sports as readonly string[]).includes(word);
}
