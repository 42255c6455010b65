import { mergeTraced } from '../traced/mergeTraced';
import { at, itemsAt, stringAt, type Traced } from '../traced/traced';
import { generate, type Generation } from './generate';
import { renderValue, renderYaml, type TemplateStyle } from './templateValue';

/** An Application that an ApplicationSet makes, and the files and folders that it is made of. */
export interface GeneratedApplication {
  value: Traced;
  places: string[];
}

/** The Applications that an ApplicationSet makes, as objects. @throws TemplateError */
export function renderApplicationSet(
  applicationSet: Traced,
  run: Omit<Generation, 'style'>,
): GeneratedApplication[] {
  const style = styleOf(applicationSet);
  const template = at(applicationSet, ['spec', 'template']);
  const patch = at(applicationSet, ['spec', 'templatePatch']);
  if (!template) return [];
  return itemsAt(applicationSet, ['spec', 'generators']).flatMap(generator =>
    generate(generator, { ...run, style }).map(({ parameters, template: own, places }) => {
      const rendered = renderValue(mergeTraced(template, own) ?? template, parameters, style);
      const patched = patch && renderYaml(patch, parameters, style);
      return { value: mergeTraced(rendered, patched) ?? rendered, places };
    }),
  );
}

function styleOf(applicationSet: Traced): TemplateStyle {
  const isGo = at(applicationSet, ['spec', 'goTemplate']);
  const options = itemsAt(applicationSet, ['spec', 'goTemplateOptions']);
  return {
    isGo: isGo?.kind === 'scalar' && isGo.value === true,
    isStrict: options.some(option => stringAt(option, []) === 'missingkey=error'),
  };
}
