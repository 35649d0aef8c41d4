import { admin } from './server';

/** The API as a script uses it, to arrange what a test is not about and to look behind the console. */
export interface Api {
  /** Asks within a safe mode, or of what is live. Fails with the server's words when the request is refused. */
  ask: <Data>(query: string, variables?: object, safeMode?: string) => Promise<Data>;
  unitId: string;
}

/** Signs in and looks up the first unit. */
export async function signedInApi(
  url: string,
  who: { email: string; password: string } = admin,
): Promise<Api> {
  let cookie = '';
  async function ask<Data>(query: string, variables: object = {}, safeMode = 'none'): Promise<Data> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Apollo-Require-Preflight': 'true',
        'X-Safe-Mode': safeMode,
        ...(cookie && { Cookie: cookie }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const set = response.headers.get('set-cookie');
    if (set) cookie = set.split(';')[0] ?? '';
    const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] };
    if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
    return data;
  }
  const { email, password } = who;
  const { signIn } = await ask<{ signIn: { units: { unit: { id: string } }[] } }>(
    'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { units { unit { id } } } }',
    { email, password },
  );
  return { ask, unitId: signIn.units[0]?.unit.id ?? '' };
}

/** Names of everything in a unit, for comparing two states. */
export async function namesOf({ ask, unitId }: Api): Promise<Record<string, string[]>> {
  interface Named {
    nodes: { name: string }[];
  }
  const { unit } = await ask<{
    unit: { plugins: Named; workspaces: Named; profiles: Named; configKeys: Named };
  }>(
    `query ($unitId: ID!) { unit(id: $unitId) {
       plugins(first: 200) { nodes { name } } workspaces(first: 200) { nodes { name } }
       profiles(first: 200) { nodes { name } } configKeys(first: 200) { nodes { name: key } } } }`,
    { unitId },
  );
  return Object.fromEntries(
    Object.entries(unit).map(([kind, { nodes }]) => [kind, nodes.map(({ name }) => name).sort()]),
  );
}
