import { type CompiledQuery, type RawBuilder, sql } from 'kysely';

class Parameter {
  constructor(readonly name: string) {}
}

/** Stands for a value that is not known yet, at most places where Kysely takes one. */
type Placeholder<Values> = <Name extends keyof Values & string>(
  name: Name,
) => RawBuilder<Values[Name]>;

/**
 * A query that is built and compiled once, because that takes longer than running it. Gives what
 * Kysely's `executeQuery` takes: `prepared<{ id: number }>()((value) => db.… value('id') …)`.
 */
export const prepared =
  <Values extends Readonly<Record<string, unknown>>>() =>
  <Row>(build: (value: Placeholder<Values>) => { compile(): CompiledQuery<Row> }) => {
    const compiled = build((name) => sql`${new Parameter(name)}`).compile();
    return (values: Values): CompiledQuery<Row> => ({
      ...compiled,
      parameters: compiled.parameters.map((parameter) =>
        parameter instanceof Parameter ? values[parameter.name] : parameter,
      ),
    });
  };
