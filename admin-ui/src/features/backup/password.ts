/** What the server asks of the password of a backup: the same rules, told before anything is sent. */
export type PasswordFault = 'TOO_SHORT' | 'TOO_LONG';

const leastCharacters = 4;
const mostBytes = 1024;

/** Why a password cannot encrypt a backup; undefined when it can. */
export function passwordFault(password: string): PasswordFault | undefined {
  const normal = password.normalize('NFC');
  if ([...normal].length < leastCharacters) return 'TOO_SHORT';
  return new TextEncoder().encode(normal).byteLength > mostBytes ? 'TOO_LONG' : undefined;
}
