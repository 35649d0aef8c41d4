import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { judge, operationRules, type OperationRule, type UnitLookups } from '../access/operation-rules';
import { type Context } from './context';

/** Types whose every field needs a rule of its own. */
const guardedTypes = ['Query', 'Mutation', 'Subscription', 'Unit'];

/** A field of the schema that nobody has said a rule for. */
export class UnguardedFields extends Error {
  constructor(readonly fields: string[]) {
    super(`No rule says who may use ${fields.join(', ')}: see access/operation-rules.ts`);
  }
}

/**
 * Puts the rule of access/operation-rules.ts before every root field and every field of a unit. Throws
 * `UnguardedFields` when a field has no rule, so that a server with a forgotten one does not start.
 */
export function guardOperations(schema: GraphQLSchema, unitOf: UnitLookups): void {
  const unguarded: string[] = [];
  for (const typeName of guardedTypes) {
    const type = schema.getType(typeName);
    if (!type || !('getFields' in type)) continue;
    for (const field of Object.values(type.getFields()) as GraphQLField<unknown, Context>[]) {
      const rule = operationRules[`${typeName}.${field.name}`];
      if (!rule) unguarded.push(`${typeName}.${field.name}`);
      else if (typeName === 'Subscription') field.subscribe = guarded(field.subscribe!, rule, unitOf);
      else field.resolve = guarded(field.resolve ?? defaultFieldResolver, rule, unitOf);
    }
  }
  if (unguarded.length > 0) throw new UnguardedFields(unguarded);
}

function guarded(
  resolve: GraphQLFieldResolver<unknown, Context>,
  rule: OperationRule,
  unitOf: UnitLookups,
): GraphQLFieldResolver<unknown, Context> {
  return (parent, args: unknown, context, info) => {
    const judgement = judge(rule, { actor: context.actor, parent, args, unitOf });
    const proceed = () => resolve(parent, args, context, info);
    return judgement ? judgement.then(proceed) : proceed();
  };
}
