/** A time as rows have it: a `Date`, or on SQLite text in UTC. */
export const storedTime = (value: unknown): Date =>
  value instanceof Date ? value : new Date(`${String(value).replace(' ', 'T')}Z`);
