/** A moment in the reader's own time zone and manner. Takes an ISO 8601 text. */
export const timeText = writer({ dateStyle: 'medium', timeStyle: 'short' });

export const dateText = writer({ dateStyle: 'medium' });

/** A day in full, as a heading. */
export const dayText = writer({ dateStyle: 'full' });

/** The time of day alone, where the day is told already. */
export const clockText = writer({ timeStyle: 'short' });

/** A format is made when it is first needed: the browser takes long over it, and many pages show no time. */
function writer(options: Intl.DateTimeFormatOptions): (iso: string) => string {
  let format: Intl.DateTimeFormat | undefined;
  return (iso) => (format ??= new Intl.DateTimeFormat(undefined, options)).format(new Date(iso));
}
