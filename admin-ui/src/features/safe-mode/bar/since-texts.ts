import { numberOf } from '../../../texts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const minutes = numberOf('minute', 'minutes');
const hours = numberOf('hour', 'hours');
const days = numberOf('day', 'days');

/** How long something has been going on, roughly: `for 5 minutes`. Clocks that disagree never make it negative. */
export function sinceText(iso: string, now: number): string {
  const passed = now - new Date(iso).getTime();
  if (passed < minute) return 'since just now';
  if (passed < hour) return `for ${minutes(Math.floor(passed / minute))}`;
  if (passed < day) return `for ${hours(Math.floor(passed / hour))}`;
  return `for ${days(Math.floor(passed / day))}`;
}
