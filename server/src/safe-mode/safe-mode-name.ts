import { storedName } from '../change/core/name-key';
import { BadUserInput } from '../refusal';

/** Characters of a name; see safe_mode.name. */
const longest = 120;

/** The name as it is stored. Throws `BadUserInput` for one that is empty or too long, at this path of the input. */
export function safeModeName(name: string, path: string): string {
  const stored = storedName(name);
  const length = [...stored].length;
  const isText = stored.isWellFormed() && !stored.includes('\u0000');
  if (length >= 1 && length <= longest && isText) return stored;
  throw new BadUserInput([
    { path, message: `must have 1 to ${longest} characters, none of them U+0000 or half a character` },
  ]);
}

/** What a safe mode is called whose owner gave no name: who began it and when, in UTC to the minute. */
export const generatedName = (owner: string, at: Date): string =>
  shortened(`${owner}, ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`);

/** What the safe mode is called that takes another one back. */
export const undoName = (name: string): string => shortened(`Undo of ${name}`);

const shortened = (name: string): string => {
  const characters = [...name];
  return characters.length <= longest ? name : `${characters.slice(0, longest - 1).join('')}…`;
};
