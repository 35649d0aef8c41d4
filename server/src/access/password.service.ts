import { nfc } from '../nfc';
import { hash, type Options, verify } from '@node-rs/argon2';
import { isTooLongForPassword } from './account-input';
import { newSecret } from './secret-token';

/** OWASP's recommendation for argon2id (2 in the library's numbering): 19 MiB, 2 passes, 1 lane. */
const argon2id: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes passwords of accounts and compares them. Compared in Unicode form NFC. */
export class PasswordService {
  /** Compared with where there is no password, so that the answer takes as long. */
  private readonly nobodysHash = hash(newSecret(), argon2id);

  /** The password as it is stored: argon2id with a salt of its own. */
  hash(password: string): Promise<string> {
    return hash(nfc(password), argon2id);
  }

  /** Whether it is the password. Takes the same time where no hash is given: then never. */
  async matches(password: string, storedHash: string | null | undefined): Promise<boolean> {
    const normal = nfc(password);
    const comparable = storedHash && !isTooLongForPassword(normal);
    const same = await verify(
      comparable ? storedHash : await this.nobodysHash,
      comparable ? normal : 'no password',
      argon2id,
    );
    return Boolean(comparable) && same;
  }
}
