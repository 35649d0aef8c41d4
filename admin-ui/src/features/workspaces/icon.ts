/** A workspace's icon as stored: initials on a colour, or a picture as a `data:` URL. */
export type Icon = { initials: string; colour: string } | { picture: string };

/** Reads an icon from stored JSON; anything that is not one gives undefined. */
export function iconOf(value: unknown): Icon | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('picture' in value && typeof value.picture === 'string') return { picture: value.picture };
  if (!('initials' in value) || typeof value.initials !== 'string') return undefined;
  const colour = 'colour' in value && typeof value.colour === 'string' ? value.colour : defaultColour;
  return { initials: value.initials, colour };
}

export const defaultColour = '#0f766e';

/** Up to two letters that stand for a name: "Night desk" gives "ND". */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters =
    words.length > 1 ? words.slice(0, 2).map(firstCharacter) : [...(words[0] ?? '?')].slice(0, 2);
  return letters.join('').toUpperCase();
}

/** Black or white, whichever can be read better on a colour such as `#0f766e`. */
export function textColourOn(colour: string): '#000000' | '#ffffff' {
  const channels = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)?.slice(1);
  if (!channels) return '#ffffff';
  const [red = 0, green = 0, blue = 0] = channels.map((hex) => linear(parseInt(hex, 16) / 255));
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // Contrast with black is (luminance + 0.05) / 0.05, with white 1.05 / (luminance + 0.05).
  return (luminance + 0.05) ** 2 > 0.05 * 1.05 ? '#000000' : '#ffffff';
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function firstCharacter(word: string): string {
  return [...word][0] ?? '';
}
