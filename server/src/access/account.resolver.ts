import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { type Context } from '../graphql/context';
import { signedIn } from './abilities';
import { type AccountService, type SignedIn } from './account.service';
import { type Authenticator } from './authenticator';
import { UserType } from './user.type';

@Resolver()
export class AccountResolver {
  constructor(
    private readonly accounts: AccountService,
    private readonly authenticator: Authenticator,
  ) {}

  @Query(() => UserType, { nullable: true, description: 'Who asks; null when signed out.' })
  viewer(@Ctx() { actor }: Context): UserType | null {
    return actor ? { ...actor, id: actor.userId } : null;
  }

  @Mutation(() => UserType, { description: 'Sign in. Sets the session cookie.' })
  async signIn(
    @Arg('email', { description: 'E-mail of the account, in any case.' }) email: string,
    @Arg('password', { description: 'Its password.' }) password: string,
    @Ctx() context: Context,
  ): Promise<UserType> {
    return this.carryOn(context, await this.accounts.signIn(email, password, context.address));
  }

  @Mutation(() => Boolean, { description: 'End the session. False when there was none.' })
  async signOut(@Ctx() context: Context): Promise<boolean> {
    const { actor, cookie } = context;
    if (actor?.via.kind !== 'session') return false;
    await this.accounts.signOut(actor);
    cookie?.clear();
    context.actor = undefined;
    return true;
  }

  @Mutation(() => UserType, {
    description: 'Choose the password of an account with the link of an invitation or a reset. Signs in.',
  })
  async acceptInvitation(
    @Arg('token', { description: 'The last part of the link. It works once.' }) token: string,
    @Arg('name', { description: 'Name of the user; empty: stays as it is.' }) name: string,
    @Arg('password', { description: 'At least 8 characters.' }) password: string,
    @Ctx() context: Context,
  ): Promise<UserType> {
    return this.carryOn(context, await this.accounts.acceptInvitation(token, name, password));
  }

  @Mutation(() => Boolean, {
    description: 'Change the own password. Ends all other sessions of the caller. Needs a browser session.',
  })
  async changePassword(
    @Arg('current', { description: 'The present password.' }) current: string,
    @Arg('password', { description: 'The new one: at least 8 characters.' }) password: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    await this.accounts.changePassword(signedIn(context), current, password);
    return true;
  }

  /** Goes on as who has just signed in: the rest of the answer is read with the new session's rights. */
  private async carryOn(context: Context, { user, session }: SignedIn): Promise<UserType> {
    const before = context.actor;
    context.cookie?.set(session.token, session.expires);
    context.actor = await this.authenticator.actorOfSession(session.token);
    // The browser has only one cookie: nobody could end the session before any more.
    if (before) await this.accounts.signOut(before);
    return user;
  }
}
