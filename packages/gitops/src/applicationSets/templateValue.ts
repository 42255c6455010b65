import { readInner } from '../traced/readTraced';
import { settle, unmarked } from '../traced/marks';
import { stringAt, type Origin, type Traced } from '../traced/traced';
import { fastTemplate } from './fastTemplate';
import { goTemplate } from './goTemplate';
import type { Parameters } from './parameters';

/** How an ApplicationSet renders. */
export interface TemplateStyle {
  isGo: boolean;
  /** `goTemplateOptions: ["missingkey=error"]`. */
  isStrict: boolean;
}

/** Renders every text of a value. @throws TemplateError */
export function renderValue(value: Traced, parameters: Parameters, style: TemplateStyle): Traced {
  const marks: Array<Origin | undefined> = [];
  return settle(render(value, parameters, style, marks), marks);
}

/** Renders a text, without marks. @throws TemplateError */
export function renderText(text: string, parameters: Parameters, style: TemplateStyle): string {
  return unmarked(renderMarked(text, parameters, style, []));
}

/** Renders a text that is YAML (`templatePatch`). @throws TemplateError */
export function renderYaml(
  text: Traced,
  parameters: Parameters,
  style: TemplateStyle,
): Traced | undefined {
  const marks: Array<Origin | undefined> = [];
  const rendered = renderMarked(stringAt(text, []) ?? '', parameters, style, marks);
  return readInner({ ...text, kind: 'scalar', value: rendered, source: '', plain: false, marks });
}

function render(
  value: Traced,
  parameters: Parameters,
  style: TemplateStyle,
  marks: Array<Origin | undefined>,
): Traced {
  if (value.kind === 'list') {
    return { ...value, items: value.items.map(item => render(item, parameters, style, marks)) };
  }
  if (value.kind === 'map') {
    const entries = new Map<string, Traced>();
    for (const [key, entry] of value.entries) {
      const name = key.includes('{{') ? renderText(key, parameters, style) : key;
      entries.set(name, render(entry, parameters, style, marks));
    }
    return { ...value, entries };
  }
  if (typeof value.value !== 'string' || !value.value.includes('{{')) return value;
  return { ...value, value: renderMarked(value.value, parameters, style, marks) };
}

function renderMarked(
  text: string,
  parameters: Parameters,
  { isGo, isStrict }: TemplateStyle,
  marks: Array<Origin | undefined>,
): string {
  return isGo
    ? goTemplate(text, parameters, marks, isStrict)
    : fastTemplate(text, parameters, marks);
}
