/** The present time; handed in, so that tests can move it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => minutes(60 * count);
export const days = (count: number): number => hours(24 * count);

/** @param milliseconds negative for earlier */
export const shifted = (time: Date, milliseconds: number): Date => new Date(time.getTime() + milliseconds);
