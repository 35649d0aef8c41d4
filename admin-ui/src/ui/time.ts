const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const dateOnly = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const fullDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** A moment in the reader's own time zone and manner. Takes an ISO 8601 text. */
export function timeText(iso: string): string {
  return dateAndTime.format(new Date(iso));
}

export function dateText(iso: string): string {
  return dateOnly.format(new Date(iso));
}

/** A day in full, as a heading. */
export function dayText(iso: string): string {
  return fullDay.format(new Date(iso));
}

/** The time of day alone, where the day is told already. */
export function clockText(iso: string): string {
  return clock.format(new Date(iso));
}
