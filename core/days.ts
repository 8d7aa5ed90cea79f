/** 0100-01-01 and 9999-12-31, days since 1970-01-01: the days that dates can name. JavaScript takes years before 100 for others. */
export const firstDay = -683_003;
export const lastDay = 2_932_896;

/** Days since 1970-01-01 of a calendar date `YYYY-MM-DD`; NaN where the text is no such date. */
export function dayOfDate(date: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) return Number.NaN;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return dateOfDay(ms / 86_400_000) === date ? ms / 86_400_000 : Number.NaN;
}

/** Calendar date `YYYY-MM-DD` of a number of days since 1970-01-01. */
export function dateOfDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** Calendar year of a number of days since 1970-01-01. */
export function yearOfDay(day: number): number {
  return new Date(day * 86_400_000).getUTCFullYear();
}

/** Day of the week of a number of days since 1970-01-01, which was a Thursday: 0 for Monday to 6 for Sunday. */
export function weekdayOfDay(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
