/** Ids of group rows begin here, above all numbers of activities. */
export const firstGroupRow = 2 ** 31;

/** Stands for all sports in the id of a group row. */
export const allSports = 255;

/** Id of the row that stands for all activities of a sport (index, or {@link allSports}) and year (0: all). */
export function groupRow(sport: number, year: number): number {
  return firstGroupRow + sport * 2 ** 16 + year;
}

/** Sport and year of a group row's id; undefined for the id of an activity. */
export function groupOfRow(id: number): {sport: number; year: number} | undefined {
  if (id < firstGroupRow) return undefined;
  const code = id - firstGroupRow;
  return {sport: Math.floor(code / 2 ** 16), year: code % 2 ** 16};
}
