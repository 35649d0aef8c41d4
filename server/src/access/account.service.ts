import { Unauthenticated } from '../refusal';
import { type Database, type Db } from '../storage/database';
import { holdRows } from '../storage/hold-rows';
import { mustBeFaultless, nameFault, normalEmail, normalName, passwordFault } from './account-input';
import { type Actor } from './actor';
import { type AttemptLimiter } from './attempt-limiter';
import { type Audit } from './audit';
import { minutes } from './clock';
import { networkOf } from './network';
import { LinkNotValid, type OneTimeLinks } from './one-time-links';
import { type PasswordService } from './password.service';
import { type NewSession, type SessionService } from './session.service';
import { UserEntity } from './user.entity';

const triesPerAccount = { tries: 10, within: minutes(15) };
/** Higher, since a whole office may share one address. */
const triesPerAddress = { tries: 50, within: minutes(15) };

export interface SignedIn {
  user: UserEntity;
  session: NewSession;
}

/** Signing in and out, and the passwords of accounts. */
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly passwords: PasswordService,
    private readonly sessions: SessionService,
    private readonly links: OneTimeLinks,
    private readonly limiter: AttemptLimiter,
    private readonly audit: Audit,
  ) {}

  /**
   * Begins a session. A wrong password, an unknown e-mail, a deactivated account and one without a password look the
   * same and take the same time: `Unauthenticated`. Throws `RateLimited` after too many wrong tries.
   * @param address of the client
   */
  async signIn(email: string, password: string, address: string): Promise<SignedIn> {
    const byAccount = { kind: 'sign-in', of: normalEmail(email) };
    const byAddress = { kind: 'sign-in-from', of: networkOf(address) };
    await this.limiter.take(byAccount, triesPerAccount);
    await this.limiter.take(byAddress, triesPerAddress);

    const user = await this.database.read(({ manager }) =>
      manager.findOneBy(UserEntity, { email: normalEmail(email) }),
    );
    const matches = await this.passwords.matches(password, user?.passwordHash);
    const session = matches && user ? await this.begin(user, address) : undefined;
    if (!user || !session) {
      await this.audit.note({ event: 'SIGN_IN_FAILED', userId: user?.id, detail: { address } });
      throw new Unauthenticated('E-mail or password is wrong.');
    }
    await this.limiter.clear(byAccount);
    await this.limiter.giveBack(byAddress);
    return { user, session };
  }

  /** Ends the session; through a token there is none. */
  async signOut({ userId, via }: Actor): Promise<void> {
    if (via.kind !== 'session') return;
    await this.database.transaction(async (db) => {
      await db.run('DELETE FROM session WHERE id = ?', [via.id]);
      await this.audit.record(db, { event: 'SIGNED_OUT', userId });
    });
    this.sessions.tellRevoked([via.id]);
  }

  /**
   * Changes the actor's own password and ends the actor's other sessions.
   * Throws `BadUserInput` for a wrong present password or an unfit new one, `RateLimited` after too many wrong tries.
   */
  async changePassword({ userId, via }: Actor, current: string, password: string): Promise<void> {
    mustBeFaultless({ password: passwordFault(password) });
    const tries = { kind: 'change-password', of: userId };
    await this.limiter.take(tries, triesPerAccount);

    const user = await this.database.read(({ manager }) =>
      manager.findOneByOrFail(UserEntity, { id: userId }),
    );
    if (!(await this.passwords.matches(current, user.passwordHash))) {
      await this.audit.note({ event: 'PASSWORD_CHANGE_FAILED', userId });
      mustBeFaultless({ current: 'is not your present password' });
    }
    const passwordHash = await this.passwords.hash(password);
    const ended = await this.database.transaction(async (db) => {
      await db.run('UPDATE user SET password_hash = ? WHERE id = ?', [passwordHash, userId]);
      await this.links.withdraw(db, userId);
      await this.audit.record(db, { event: 'PASSWORD_CHANGED', userId });
      return this.sessions.endAll(db, userId, via.id);
    });
    await this.limiter.clear(tries);
    this.sessions.tellRevoked(ended);
  }

  /**
   * Sets the password of the account that a link was made for, ends its other sessions and begins a new one.
   * Throws `LinkNotValid`, or `BadUserInput` for an unfit password or name.
   * @param name empty: stays as it is
   */
  async acceptInvitation(token: string, name: string, password: string): Promise<SignedIn> {
    const link = await this.links.find(token);
    const keepsName = normalName(name) === '';
    mustBeFaultless({ name: keepsName ? undefined : nameFault(name), password: passwordFault(password) });

    const passwordHash = await this.passwords.hash(password);
    const { ended, ...signedIn } = await this.database.transaction(async (db) => {
      await this.links.use(db, link);
      const account = keepsName ? { passwordHash } : { passwordHash, name: normalName(name) };
      await db.manager.update(UserEntity, { id: link.userId }, account);
      const user = await db.manager.findOneByOrFail(UserEntity, { id: link.userId });
      if (!user.active) throw new LinkNotValid();
      const ended = await this.sessions.endAll(db, user.id);
      await this.audit.record(db, {
        event: link.purpose === 'RESET' ? 'PASSWORD_RESET' : 'INVITATION_ACCEPTED',
        userId: user.id,
      });
      return { user, ended, session: await this.sessions.begin(db, user.id) };
    });
    this.sessions.tellRevoked(ended);
    return signedIn;
  }

  private begin({ id, passwordHash }: UserEntity, address: string): Promise<NewSession | undefined> {
    return this.database.transaction(async (db) => {
      if (!(await stillSignsInWith(db, id, passwordHash))) return undefined;
      await this.audit.record(db, { event: 'SIGNED_IN', userId: id, detail: { address } });
      return this.sessions.begin(db, id);
    });
  }
}

/** Locks the account: the password may have been changed, or the account deactivated, while the password was compared. */
async function stillSignsInWith(db: Db, userId: string, passwordHash: string | null): Promise<boolean> {
  const found = await holdRows(db, 'user', 'id = ? AND password_hash = ? AND active = ?', [
    userId,
    passwordHash,
    true,
  ]);
  return found === 1;
}
