const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long something has been going on, roughly: `for 5 minutes`. Clocks that disagree never make it negative. */
export function sinceText(iso: string, now: number): string {
  const passed = now - new Date(iso).getTime();
  if (passed < minute) return 'since just now';
  if (passed < hour) return `for ${counted(passed / minute, 'minute')}`;
  if (passed < day) return `for ${counted(passed / hour, 'hour')}`;
  return `for ${counted(passed / day, 'day')}`;
}

function counted(amount: number, unit: string): string {
  const whole = Math.floor(amount);
  return whole === 1 ? `1 ${unit}` : `${whole} ${unit}s`;
}
