const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const dateOnly = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** A moment in the reader's own time zone and manner. Takes an ISO 8601 text. */
export function timeText(iso: string): string {
  return dateAndTime.format(new Date(iso));
}

export function dateText(iso: string): string {
  return dateOnly.format(new Date(iso));
}
