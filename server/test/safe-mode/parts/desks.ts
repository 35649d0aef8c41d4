import { type Checkpoint } from '../../../src/checkpoint';
import { sideBySide } from '../../parts/place';
import { admin as firstAdmin, type Credentials, TestServer } from '../../parts/running-server';
import { SafeModeClient } from '../../parts/safe-modes';
import { type TestedFiles } from './tested-files';

/** Also for whoever is in a safe mode of another unit. */
const live = { 'X-Safe-Mode': 'none' };

const grace = { email: 'grace@example.org', password: 'another long password' };

/** Admins of one unit; Ada is there in two places at once. */
export interface Desk {
  unitId: string;
  ada: SafeModeClient;
  /** The same person on another server, where there is one. */
  adaElsewhere: SafeModeClient;
  grace: SafeModeClient;
}

/** One server, or several at the same place, and desks on them. */
export class Desks {
  private units = 0;

  private constructor(
    private readonly files: TestedFiles,
    readonly servers: TestServer[],
    private readonly sessions: { ada: Credentials; adaElsewhere: Credentials; grace: Credentials },
  ) {}

  static async open(
    files: TestedFiles,
    count: 1 | 2,
    environment: Record<string, string>,
    checkpoint?: Checkpoint,
  ): Promise<Desks> {
    const servers: TestServer[] = [];
    for (let number = 0; number < count; number++) {
      const settings = { ...files.environment, ...environment, ...(count > 1 && sideBySide()) };
      servers.push(await TestServer.start(settings, files.place, checkpoint));
    }
    const server = servers[0]!;
    const ada = await server.signIn(firstAdmin);
    await add(server, ada, await server.firstUnitId(ada), { ...grace, name: 'Grace' });
    const sessions = {
      ada,
      adaElsewhere: await server.signIn(firstAdmin),
      grace: await server.signIn(grace),
    };
    return new Desks(files, servers, sessions);
  }

  /** In a unit of its own. */
  async aDesk(): Promise<Desk> {
    const [here, there] = [this.servers[0]!, this.servers.at(-1)!];
    const { ada, adaElsewhere } = this.sessions;
    const { data } = await here.graphql<{ createUnit: { id: string } }>(
      'mutation ($name: String!) { createUnit(name: $name) { id } }',
      { name: `Unit ${++this.units}` },
      ada,
      live,
    );
    const unitId = data.createUnit.id;
    await add(here, ada, unitId, { email: grace.email, name: 'Grace' });
    return {
      unitId,
      ada: SafeModeClient.as(here, unitId, ada),
      adaElsewhere: SafeModeClient.as(there, unitId, adaElsewhere),
      grace: SafeModeClient.as(there, unitId, this.sessions.grace),
    };
  }

  /** First column of a query. */
  async column(sql: string): Promise<unknown[]> {
    return this.servers[0]!.app.database.read(async (db) => (await db.rows(sql)).map(([value]) => value));
  }

  async close(): Promise<void> {
    for (const server of this.servers.slice(1)) await server.halt();
    await this.servers[0]!.stop();
    await this.files.close();
  }
}

async function add(server: TestServer, as: Credentials, unitId: string, account: object): Promise<void> {
  const { errors } = await server.graphql(
    'mutation ($input: AddMemberInput!) { addMember(input: $input) { role } }',
    { input: { unitId, role: 'ADMIN', ...account } },
    as,
    live,
  );
  if (errors) throw new Error(JSON.stringify(errors));
}
