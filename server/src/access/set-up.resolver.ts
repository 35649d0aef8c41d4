import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { type Context } from '../graphql/context';
import { type Authenticator } from './authenticator';
import { type SetUpService } from './set-up.service';
import { UserType } from './user.type';

@InputType('SetUpInput', { description: 'The first admin and the first unit.' })
export class SetUpInput {
  @Field({ description: 'The one-time token of the link that the server prints when it starts.' })
  token!: string;
  @Field({ description: 'E-mail of the first admin.' }) email!: string;
  @Field({ description: 'Name of the first admin.' }) name!: string;
  @Field({ description: 'At least 8 characters.' }) password!: string;
  @Field({ description: 'Name of the first unit.' }) unitName!: string;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Whether the unit is filled with the sample.',
  })
  sampleUnit?: boolean | null;
}

@Resolver()
export class SetUpResolver {
  constructor(
    private readonly setUps: SetUpService,
    private readonly authenticator: Authenticator,
  ) {}

  @Mutation(() => UserType, {
    description: 'Make the first organisation admin and the first unit, once, and sign in.',
  })
  async setUp(
    @Arg('input', { description: 'Admin and unit.' }) { token, sampleUnit, ...input }: SetUpInput,
    @Ctx() context: Context,
  ): Promise<UserType> {
    const { user, session } = await this.setUps.setUp(token, { ...input, sampleUnit: sampleUnit === true });
    context.cookie?.set(session.token, session.expires);
    context.actor = await this.authenticator.actorOfSession(session.token);
    return user;
  }
}
