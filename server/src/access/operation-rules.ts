import { Forbidden, Unauthenticated } from '../refusal';
import { type Ability, mustBeAble, mustReach } from './abilities';
import { type Actor } from './actor';

/** Objects with an id of their own, from which their unit is looked up. */
export type UnitObject = 'job' | 'plan' | 'upload' | 'safe mode';

interface UnitOptions {
  /** Refused with an API token. */
  sessionOnly?: boolean;
  /** Organisation admins may, too, without being members. */
  orOrganisationAdmin?: boolean;
}

/** Who may call a root operation or read a field of a unit. */
export type OperationRule = AccessRule & {
  /** A write that a safe mode cannot record: it is done for everybody at once, or refused. */
  readonly notRecordable?: true;
};

type AccessRule =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'signedIn' }
  | { readonly kind: 'browserSession' }
  | { readonly kind: 'organisationAdmin' }
  | ({ readonly kind: 'inUnit'; readonly ability: Ability; readonly unitId: string } & UnitOptions)
  | ({ readonly kind: 'onUnit'; readonly ability: Ability } & UnitOptions)
  | {
      readonly kind: 'ofObject';
      readonly ability: Ability;
      readonly object: UnitObject;
      readonly id: string;
    };

/** Everybody, signed in or not; the operation itself decides what it answers. */
const anyone: OperationRule = { kind: 'anyone' };
/** By session or token; the operation itself decides what of it the caller sees. */
const signedIn: OperationRule = { kind: 'signedIn' };
/** Signed in with a browser: not with an API token. */
const browserSession: OperationRule = { kind: 'browserSession' };
const organisationAdmin: OperationRule = { kind: 'organisationAdmin' };
/** @param unitId path of the unit's id in the arguments */
const inUnit = (ability: Ability, unitId: string, options: UnitOptions = {}): OperationRule => ({
  kind: 'inUnit',
  ability,
  unitId,
  ...options,
});
/** A field of a unit: the unit is the field's parent. */
const onUnit = (ability: Ability, options: UnitOptions = {}): OperationRule => ({
  kind: 'onUnit',
  ability,
  ...options,
});
/** @param id path of the object's id in the arguments */
const ofObject = (ability: Ability, object: UnitObject, id: string): OperationRule => ({
  kind: 'ofObject',
  ability,
  object,
  id,
});

/** Never part of a safe mode: refused where the request names one. */
const notRecordable = (rule: OperationRule): OperationRule => ({ ...rule, notRecordable: true });

const account: UnitOptions = { sessionOnly: true, orOrganisationAdmin: true };

/**
 * One rule for each root operation and each field of a unit. What depends on the single object (a private workspace,
 * a profile open to a role, an account that also belongs elsewhere) is judged where the object is known.
 */
export const operationRules: Readonly<Record<string, OperationRule>> = {
  'Query.viewer': anyone,
  'Query.system': anyone,
  'Query.unit': signedIn,
  'Query.job': ofObject('readConfiguration', 'job', 'id'),
  'Query.safeMode': ofObject('useSafeModes', 'safe mode', 'id'),
  'Query.backupUpload': ofObject('backUp', 'upload', 'id'),

  'Mutation.signIn': anyone,
  'Mutation.signOut': anyone,
  'Mutation.setUp': anyone,
  'Mutation.acceptInvitation': anyone,
  'Mutation.changePassword': browserSession,
  'Mutation.createApiToken': notRecordable(inUnit('makeTokens', 'input.unitId', { sessionOnly: true })),
  'Mutation.revokeApiToken': notRecordable(browserSession),

  'Mutation.createUnit': notRecordable(organisationAdmin),
  'Mutation.addMember': notRecordable(inUnit('manageMembers', 'input.unitId', account)),
  'Mutation.updateMember': notRecordable(inUnit('manageMembers', 'input.unitId', account)),
  'Mutation.removeMember': notRecordable(inUnit('manageMembers', 'unitId', account)),
  'Mutation.resetPassword': notRecordable(inUnit('manageMembers', 'unitId', account)),

  'Mutation.createWorkspace': inUnit('editWorkspaces', 'input.unitId'),
  'Mutation.updateWorkspace': inUnit('editWorkspaces', 'input.unitId'),
  'Mutation.deleteWorkspace': inUnit('editWorkspaces', 'input.unitId'),
  'Mutation.installPlugin': inUnit('editConfiguration', 'input.unitId'),
  'Mutation.updatePlugin': inUnit('editConfiguration', 'input.unitId'),
  'Mutation.configurePlugin': inUnit('editConfiguration', 'input.unitId'),
  'Mutation.removePlugin': inUnit('editConfiguration', 'input.unitId'),
  'Mutation.setConfigKey': inUnit('editConfiguration', 'input.unitId'),
  'Mutation.removeConfigKey': inUnit('editConfiguration', 'input.unitId'),
  'Mutation.createProfile': inUnit('editConfiguration', 'input.unitId'),
  'Mutation.updateProfile': inUnit('editConfiguration', 'input.unitId'),
  'Mutation.deleteProfile': inUnit('editConfiguration', 'input.unitId'),

  'Mutation.startSafeMode': inUnit('useSafeModes', 'input.unitId'),
  'Mutation.enterSafeMode': ofObject('useSafeModes', 'safe mode', 'id'),
  // Whoever was an admin when they entered must get out again.
  'Mutation.leaveSafeMode': inUnit('readUnit', 'unitId'),
  'Mutation.renameSafeMode': ofObject('useSafeModes', 'safe mode', 'id'),
  'Mutation.deleteSafeMode': ofObject('useSafeModes', 'safe mode', 'id'),
  'Mutation.removeSafeModeTask': ofObject('useSafeModes', 'safe mode', 'input.safeModeId'),
  'Mutation.resolveSafeModeConflict': ofObject('useSafeModes', 'safe mode', 'input.safeModeId'),
  'Mutation.applySafeMode': ofObject('useSafeModes', 'safe mode', 'input.id'),
  'Mutation.undoSafeMode': ofObject('useSafeModes', 'safe mode', 'id'),

  'Mutation.exportBackup': inUnit('backUp', 'input.unitId'),
  'Mutation.validateBackup': inUnit('backUp', 'input.unitId'),
  'Mutation.importBackup': notRecordable(ofObject('backUp', 'plan', 'input.planId')),
  'Mutation.undoImport': notRecordable(ofObject('backUp', 'job', 'jobId')),
  'Mutation.cancelJob': ofObject('backUp', 'job', 'id'),

  'Subscription.unitChanged': inUnit('readUnit', 'unitId'),
  'Subscription.safeModeBanner': inUnit('readUnit', 'unitId'),
  'Subscription.job': ofObject('readConfiguration', 'job', 'id'),

  // Who manages accounts everywhere meets units that they are not in: as a name, not as content.
  'Unit.id': onUnit('readUnit', { orOrganisationAdmin: true }),
  'Unit.name': onUnit('readUnit', { orOrganisationAdmin: true }),
  'Unit.revision': onUnit('readUnit'),
  'Unit.plugins': onUnit('readUnit'),
  'Unit.plugin': onUnit('readUnit'),
  'Unit.manifestAt': onUnit('editConfiguration'),
  'Unit.workspaces': onUnit('readUnit'),
  'Unit.workspace': onUnit('readUnit'),
  'Unit.profiles': onUnit('readUnit'),
  'Unit.profile': onUnit('readUnit'),
  'Unit.configKeys': onUnit('readConfiguration'),
  'Unit.configKey': onUnit('readConfiguration'),
  'Unit.safeModes': onUnit('useSafeModes'),
  'Unit.presence': onUnit('readUnit'),
  'Unit.members': onUnit('readMembers'),
  'Unit.history': onUnit('readConfiguration'),
  'Unit.historyEntry': onUnit('readConfiguration'),
  'Unit.historyAuthors': onUnit('readConfiguration'),
  'Unit.jobs': onUnit('readConfiguration'),
};

/** Answers the id of the unit that an object belongs to, or `undefined` where there is no such object. */
export type UnitLookups = Readonly<Record<UnitObject, (id: string) => Promise<string | undefined>>>;

/** One call of an operation, or one read of a unit's field. */
export interface OperationCall {
  actor: Actor | undefined;
  /** The object that the field is read from; a unit for the fields of a unit. */
  parent: unknown;
  args: unknown;
  unitOf: UnitLookups;
}

/**
 * Lets the call pass or throws `Unauthenticated`, `Forbidden` or, for an object of a unit that the caller is not in,
 * `NotFound`: as if there were no such object. Asynchronous only where the object's unit must be looked up.
 */
export function judge(rule: OperationRule, call: OperationCall): void | Promise<void> {
  if (rule.kind === 'anyone') return;
  const { actor } = call;
  if (!actor) throw new Unauthenticated();
  switch (rule.kind) {
    case 'signedIn':
      return;
    case 'browserSession':
      return mustBeInBrowser(actor);
    case 'organisationAdmin':
      if (!actor.organisationAdmin) throw new Forbidden('Only organisation admins may do this.');
      return;
    case 'inUnit':
      return judgeUnit(actor, rule, textAt(call.args, rule.unitId));
    case 'onUnit':
      return judgeUnit(actor, rule, textAt(call.parent, 'id'));
    case 'ofObject':
      return judgeObject(actor, rule, call);
  }
}

/** The unit that a call is about, by the arguments that its rule looks at; `undefined` where it is about none. */
export async function unitOfCall(
  rule: OperationRule,
  { args, unitOf }: Pick<OperationCall, 'args' | 'unitOf'>,
): Promise<string | undefined> {
  if (rule.kind === 'inUnit') return textAt(args, rule.unitId);
  return rule.kind === 'ofObject' ? unitOf[rule.object](textAt(args, rule.id)) : undefined;
}

function judgeUnit(
  actor: Actor,
  { ability, sessionOnly, orOrganisationAdmin }: UnitOptions & { ability: Ability },
  unitId: string,
): void {
  if (!(orOrganisationAdmin && actor.organisationAdmin)) mustBeAble(actor, ability, unitId);
  if (sessionOnly) mustBeInBrowser(actor);
}

async function judgeObject(
  actor: Actor,
  rule: OperationRule & { kind: 'ofObject' },
  { args, unitOf }: OperationCall,
): Promise<void> {
  const unitId = await unitOf[rule.object](textAt(args, rule.id));
  mustReach(actor, rule.ability, unitId === undefined ? undefined : { unitId }, rule.object);
}

function mustBeInBrowser(actor: Actor): void {
  if (actor.via.kind !== 'session')
    throw new Forbidden('An API token cannot do this. Sign in with a browser.');
}

/** The text at a dotted path; empty where there is none, which is nobody's unit and no object's id. */
function textAt(value: unknown, path: string): string {
  for (const name of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}
