import { ObjectType as TypeGraphqlObjectType } from 'type-graphql';

interface Options {
  description?: string;
}

/**
 * An object type of the API whose fields stand in the objects that resolvers answer, where graphql-js finds them by
 * itself. type-graphql's own way makes a promise for each field of each object.
 */
export function ObjectType(options?: Options): ClassDecorator;
export function ObjectType(name: string, options?: Options): ClassDecorator;
export function ObjectType(first?: string | Options, second?: Options): ClassDecorator {
  if (typeof first === 'string') return TypeGraphqlObjectType(first, { ...second, simpleResolvers: true });
  return TypeGraphqlObjectType({ ...first, simpleResolvers: true });
}
