import type { Locator, Page } from 'playwright-core';
import { signedInApi, type Api } from './api';
import { admin } from './server';

export interface Person {
  email: string;
  password: string;
  name: string;
}

export const bob: Person = { email: 'bob@example.org', password: 'a second long password', name: 'Bob' };
export const uma: Person = { email: 'uma@example.org', password: 'another long password', name: 'Uma' };

/** A second admin and somebody without rights, beside the admin that the server began with. */
export async function addPeople(url: string): Promise<void> {
  const { ask, unitId } = await signedInApi(url, admin);
  for (const [person, role] of [
    [bob, 'ADMIN'],
    [uma, 'USER'],
  ] as const) {
    await ask('mutation ($input: AddMemberInput!) { addMember(input: $input) { role } }', {
      input: { unitId, role, ...person },
    });
  }
}

/** Starts a safe mode as somebody, who is in it from then on. Answers its id. */
export async function startSafeMode({ ask, unitId }: Api, name: string): Promise<string> {
  const { startSafeMode } = await ask<{ startSafeMode: { id: string } }>(
    'mutation ($input: StartSafeModeInput!) { startSafeMode(input: $input) { id } }',
    { input: { unitId, name } },
  );
  return startSafeMode.id;
}

export async function leaveSafeMode({ ask, unitId }: Api): Promise<void> {
  await ask('mutation ($unitId: ID!) { leaveSafeMode(unitId: $unitId) }', { unitId });
}

/** Makes a profile, live or in a safe mode. */
export async function createProfile({ ask, unitId }: Api, name: string, safeMode?: string): Promise<void> {
  await ask(
    'mutation ($input: CreateProfileInput!) { createProfile(input: $input) { profile { id } } }',
    { input: { unitId, name, roles: [], workspaceIds: [] } },
    safeMode,
  );
}

/** Applies a safe mode as it is now; answers whether it was applied. */
export async function applySafeMode({ ask }: Api, id: string): Promise<boolean> {
  const { safeMode } = await ask<{ safeMode: { revision: number } }>(
    'query ($id: ID!) { safeMode(id: $id) { revision } }',
    { id },
  );
  const { applySafeMode: outcome } = await ask<{ applySafeMode: { __typename: string } }>(
    'mutation ($input: ApplySafeModeInput!) { applySafeMode(input: $input) { __typename } }',
    { input: { id, revision: safeMode.revision } },
  );
  return outcome.__typename === 'SafeModeApplied';
}

export const barOf = (page: Page): Locator => page.getByRole('status', { name: 'Safe mode', exact: true });

/** Answers the prompt on return by going on in the safe mode. */
export async function loadChanges(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Load changes' }).click();
  await barOf(page).getByText('visible only to you').waitFor();
}

/** A request for data, or a change, that a page sent. */
export interface SentRequest {
  operation: string;
  /** What it says in X-Safe-Mode. */
  safeMode: string | undefined;
  unitId: string | undefined;
}

/** Every request of a page from now on; the list grows as they are sent. */
export function safeModesNamedBy(page: Page): SentRequest[] {
  const sent: SentRequest[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/graphql')) return;
    const { operationName, variables } = request.postDataJSON() as {
      operationName: string;
      variables: { unitId?: string };
    };
    const safeMode = request.headers()['x-safe-mode'];
    sent.push({ operation: operationName, safeMode, unitId: variables.unitId });
  });
  return sent;
}
