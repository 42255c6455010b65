import { typeName } from '../yaml/typeName';
import type { ErrorObject } from 'ajv';
import { z } from 'zod';
import { nearest } from './nearest';
import { showValue } from './showValue';

/** The parts of a schema that make a message better. */
const schemaShape = z.object({
  description: z.string().optional(),
  properties: z
    .record(z.string(), z.object({ description: z.string().optional() }).loose())
    .optional(),
});

/** What is wrong at a path, and what to do about it. */
export interface Description {
  rule: 'schema' | 'unknown-key';
  problem: string;
  cure: string;
}

/**
 * Says what a schema's complaint means for the person who wrote the file. The schema's own descriptions tell what belongs
 * there; the file's values are shown only where no secret can stand.
 *
 * @param path - of what is wrong, see the key of a finding
 */
export function describe(error: ErrorObject, path: readonly string[]): Description {
  const parsed = schemaShape.safeParse(error.parentSchema);
  const { description, properties = {} } = parsed.success ? parsed.data : {};
  const value = showValue(path, error.data);
  const is = value === undefined ? '' : `is ${value}, but `;
  // Some descriptions begin with a noun, others with what the key does.
  const cure =
    description === undefined ? undefined : `write what belongs here: ${inSentence(description)}`;
  const { params, keyword } = error;
  switch (keyword) {
    case 'additionalProperties': {
      const known = Object.keys(properties);
      const close = nearest(String(params.additionalProperty), known);
      const meant = close === undefined ? '' : `; did you mean ${close}?`;
      return {
        rule: 'unknown-key',
        problem: 'is not a key that belongs here',
        cure: `remove it${meant}${known.length > 0 ? ` (keys here: ${known.join(', ')})` : ''}`,
      };
    }
    case 'required':
    case 'dependencies': {
      const about = properties[String(params.missingProperty)]?.description;
      const what = about === undefined ? '' : `: ${inSentence(about)}`;
      return { rule: 'schema', problem: 'is missing', cure: `add it${what}` };
    }
    case 'type': {
      const wanted = [params.type].flat().map(String).join(' or ');
      const quotes = wanted === 'string' && typeof error.data !== 'object';
      return {
        rule: 'schema',
        problem: `must be ${withArticle(wanted)}, but is ${typeName(error.data)}`,
        cure: quotes ? 'put it in quotes' : cure ?? `write ${withArticle(wanted)}`,
      };
    }
    case 'enum':
    case 'const': {
      const allowed = [params.allowedValues ?? params.allowedValue].flat().map(String);
      return {
        rule: 'schema',
        problem: `${is}must be ${allowed.length > 1 ? 'one of ' : ''}${allowed.join(', ')}`,
        cure: `write ${allowed.join(' or ')}`,
      };
    }
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum': {
      const bound = `${params.comparison} ${params.limit}`;
      return {
        rule: 'schema',
        problem: `${is}must be ${bound}`,
        cure: cure ?? `write a number ${bound}`,
      };
    }
    default: {
      const said = error.message ?? 'is not allowed';
      const form =
        value === undefined
          ? 'is not of the form that is allowed'
          : `is ${value}, which is not allowed`;
      return {
        rule: 'schema',
        problem: keyword === 'pattern' || keyword === 'not' ? form : said,
        cure: cure ?? "compare it with the chart's README",
      };
    }
  }
}

function withArticle(words: string): string {
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words === 'string' ? 'text' : words}`;
}

/** A description as the end of a sentence. */
function inSentence(description: string): string {
  const text = description.replace(/\.$/, '');
  return /^[A-Z][a-z]/.test(text) ? `${text[0].toLowerCase()}${text.slice(1)}` : text;
}
