import Ajv, { type ErrorObject } from 'ajv';
import { layout } from '../layout/ownTree';
import { finding, type Finding } from '../check/finding';
import { withinTime } from '../check/withinTime';
import { decode, readText } from '../tree/readText';
import { TreeError, type TreeSource } from '../tree/treeSource';

/** The schema of tenant files, ready to be used. */
export type SchemaErrors = (value: unknown) => ErrorObject[];

/** Schemas are larger than tenant files. Bytes. */
const maxSchemaBytes = 1024 * 1024;

/** How long a schema may take to be read. Milliseconds. */
const timeLimit = 20_000;

/**
 * Reads the schema of tenant files from a tree: the workload chart's values.schema.json, which Helm checks too.
 *
 * @param own - a tree with a schema for trees whose charts are kept elsewhere
 * @returns `errors` is absent when there is no usable schema; the findings say why
 */
export async function tenantSchema(
  tree: TreeSource,
  own?: TreeSource,
): Promise<{ errors?: SchemaErrors; findings: Finding[] }> {
  try {
    const text = await readText(tree, layout.schema, maxSchemaBytes);
    if (text !== undefined) return { errors: compileInTime(text), findings: [] };
    if ((await tree.list(layout.workloadChart)) === undefined) return await schemaOfOthers(own);
    return refused('is missing, so that tenant files cannot be checked', 'restore the file');
  } catch (error) {
    if (error instanceof TreeError) return refused(error.problem, error.cure, error.rule);
    const reason =
      error instanceof Error ? error.message.split('\n')[0].slice(0, 200) : 'unknown error';
    return refused(`is no usable JSON schema: ${reason}`, 'mend the schema, then check again');
  }
}

/** For a tree without the chart. */
async function schemaOfOthers(own: TreeSource | undefined) {
  const text = await own?.read(layout.schema, maxSchemaBytes);
  const whose = text ? 'the schema of this program is used' : "only the portal's rules are used";
  const missing = finding({
    rule: 'schema',
    severity: 'warning',
    file: layout.workloadChart,
    problem: `is not in this tree: ${whose}`,
    cure: 'check a checkout that holds the chart, so that files are judged by the schema that Helm uses',
  });
  return { ...(text ? { errors: ofOtherChart(text) } : {}), findings: [missing] };
}

/** Another chart has other keys, also within `image`: what they are is not known here. */
function ofOtherChart(text: Uint8Array): SchemaErrors {
  const errors = compile(JSON.parse(decode(text)));
  return value =>
    errors(value).filter(
      ({ keyword, instancePath }) =>
        keyword !== 'additionalProperties' || instancePath.startsWith('/tenant'),
    );
}

function compileInTime(text: string): SchemaErrors {
  let errors: SchemaErrors | undefined;
  withinTime(timeLimit, () => {
    errors = compile(JSON.parse(text));
  });
  if (!errors) throw new Error('it takes too long to read');
  return errors;
}

function refused(problem: string, cure: string, rule: Finding['rule'] = 'schema') {
  return { findings: [finding({ rule, file: layout.schema, problem, cure })] };
}

/** Turns a JSON schema (draft 07) into a function; throws what Ajv says of a wrong one. */
export function compile(schema: unknown): SchemaErrors {
  if (typeof schema !== 'object' || schema === null) throw new Error('it is no object');
  const options = {
    allErrors: true,
    verbose: true,
    strict: false,
    validateFormats: false,
  } as const;
  let validate: ReturnType<Ajv['compile']>;
  try {
    validate = new Ajv(options).compile(schema);
  } catch (error) {
    // Go's expressions, which Helm uses, allow escapes that JavaScript's Unicode mode does not.
    if (!(error instanceof SyntaxError)) throw error;
    validate = new Ajv({ ...options, unicodeRegExp: false }).compile(schema);
  }
  return value => (validate(value) ? [] : [...(validate.errors ?? [])]);
}
