import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { type Actor } from '../access/actor';
import {
  judge,
  operationRules,
  type OperationRule,
  unitOfCall,
  type UnitLookups,
} from '../access/operation-rules';
import { NotRecordable } from '../safe-mode/safe-mode-refusals';
import { type Context } from './context';
import { listBound } from './list-limits';

/** Types whose every field needs a rule of its own. */
export const guardedTypes = ['Query', 'Mutation', 'Subscription', 'Unit'];

/** What the guard asks the rest of the server. */
export interface GuardParts {
  unitOf: UnitLookups;
  /** Throws `SAFE_MODE_CONTEXT_LOST` where the actor is in a safe mode of the unit, or of any where none is given. */
  mustNotBeLost: (actor: Actor, unitId?: string) => Promise<void>;
}

/** A field of the schema that nobody has said a rule for. */
export class UnguardedFields extends Error {
  constructor(readonly fields: string[]) {
    super(`No rule says who may use ${fields.join(', ')}: see access/operation-rules.ts`);
  }
}

/**
 * Puts the rule of access/operation-rules.ts, and the bounds of lists, before every root field and every field of a unit. Throws
 * `UnguardedFields` when a field has no rule, so that a server with a forgotten one does not start.
 */
export function guardOperations(schema: GraphQLSchema, parts: GuardParts): void {
  const unguarded: string[] = [];
  for (const typeName of guardedTypes) {
    const type = schema.getType(typeName);
    if (!type || !('getFields' in type)) continue;
    for (const field of Object.values(type.getFields()) as GraphQLField<unknown, Context>[]) {
      const rule = operationRules[`${typeName}.${field.name}`];
      if (!rule) unguarded.push(`${typeName}.${field.name}`);
      else if (typeName === 'Subscription')
        field.subscribe = guarded(bounded(field, field.subscribe!), rule, parts);
      else field.resolve = guarded(bounded(field, field.resolve ?? defaultFieldResolver), rule, parts);
    }
  }
  if (unguarded.length > 0) throw new UnguardedFields(unguarded);
}

/** The resolver, for lists of a bounded length only. */
function bounded(
  { args }: GraphQLField<unknown, Context>,
  resolve: GraphQLFieldResolver<unknown, Context>,
): GraphQLFieldResolver<unknown, Context> {
  const mustBeBounded = listBound(args);
  if (!mustBeBounded) return resolve;
  return (parent, values: Record<string, unknown>, context, info) => {
    mustBeBounded(values);
    return resolve(parent, values, context, info);
  };
}

function guarded(
  resolve: GraphQLFieldResolver<unknown, Context>,
  rule: OperationRule,
  parts: GuardParts,
): GraphQLFieldResolver<unknown, Context> {
  return (parent, args: unknown, context, info) => {
    const judgement = judge(rule, { actor: context.actor, parent, args, unitOf: parts.unitOf });
    const proceed = () => resolve(parent, args, context, info);
    if (rule.notRecordable) {
      return Promise.resolve(judgement)
        .then(() => mustBeMeantLive(rule, args, context, parts))
        .then(proceed);
    }
    return judgement ? judgement.then(proceed) : proceed();
  };
}

/** What cannot be recorded must not be done by somebody who believes to be in a safe mode. */
async function mustBeMeantLive(
  rule: OperationRule,
  args: unknown,
  { actor, safeModeHeader }: Context,
  { unitOf, mustNotBeLost }: GuardParts,
): Promise<void> {
  if (safeModeHeader === 'none' || !actor) return;
  if (safeModeHeader !== undefined) throw new NotRecordable();
  await mustNotBeLost(actor, await unitOfCall(rule, { args, unitOf }));
}
