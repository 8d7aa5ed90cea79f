/**
 * Minutes that a local clock is ahead of UTC, for a local time `YYYY-MM-DD HH:MM` in central Europe, with its summer time from the
 * last Sunday of March to the last Sunday of October.
 */
export function localOffset(local: string): number {
  const [year, month, day] = local.slice(0, 10).split('-').map(Number);
  const isSummer =
    (month > 3 && month < 10) ||
    (month === 3 && day >= lastSunday(year, 3)) ||
    (month === 10 && day < lastSunday(year, 10));
  return isSummer ? 120 : 60;
}

function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 0));
  return last.getUTCDate() - last.getUTCDay();
}
