/** Minutes of a day. */
export const dayMinutes = 1440;

/** A range of local times of day, minutes since midnight, the end not included; it goes over midnight where it ends before it starts. */
export type DayTimes = {start: number; end: number};

/**
 * The range of a text like `06:00-09:30`, the end up to `24:00`; undefined where it is none, or empty. The whole day is the
 * same as no range: `''`.
 */
export function parseTimes(text: string): DayTimes | '' | undefined {
  const match = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text);
  if (!match) return undefined;
  const [startHour, startMinute, endHour, endMinute] = match.slice(1).map(Number);
  const start = startHour * 60 + startMinute;
  const end = endHour * 60 + endMinute;
  if (startMinute > 59 || endMinute > 59 || start >= dayMinutes || end > dayMinutes) return undefined;
  if (start === 0 && end === dayMinutes) return '';
  return start === end ? undefined : {start, end: end === 0 ? dayMinutes : end};
}

/** The text that {@link parseTimes} reads back. */
export function formatTimes({start, end}: DayTimes): string {
  return `${clockTime(start)}-${clockTime(end)}`;
}

/** A minute of the day as `06:30`; the end of the day is `24:00`. */
export function clockTime(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60];
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** Whether a minute of the day lies in a range. */
export function isAtTimes(minute: number, {start, end}: DayTimes): boolean {
  if (start < end) return minute >= start && minute < end;
  return minute >= start || minute < end;
}
