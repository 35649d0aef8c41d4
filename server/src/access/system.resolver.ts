import { Field, Query, Resolver } from 'type-graphql';
import { ObjectType } from '../graphql/object-type';
import { type SetUpService } from './set-up.service';

@ObjectType('System', { description: 'What everybody may know about this server.' })
export class SystemType {
  @Field({ description: 'Version of the server.' }) version!: string;
  @Field({ description: 'dev, stage or prod.' }) environment!: string;
  @Field({ description: 'Whether backups can be exported and imported here.' }) backupEnabled!: boolean;
  @Field({ description: 'Whether the first admin is still to be made.' }) needsSetUp!: boolean;
}

/** What does not change while the server runs. */
export type SystemFacts = Pick<SystemType, 'version' | 'environment' | 'backupEnabled'>;

@Resolver()
export class SystemResolver {
  constructor(
    private readonly facts: SystemFacts,
    private readonly setUps: SetUpService,
  ) {}

  @Query(() => SystemType, { description: 'What everybody may know about this server.' })
  async system(): Promise<SystemType> {
    const { version, environment, backupEnabled } = this.facts;
    return { version, environment, backupEnabled, needsSetUp: await this.setUps.needsSetUp() };
  }
}
