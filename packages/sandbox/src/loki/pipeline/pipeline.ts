import type { Stage } from '../logql/ast';
import { extractJson } from './json';
import { compileLabelFilter } from './labelFilters';
import { LabelSet, type Labels } from './labelSet';
import { compileLineFilter } from './lineFilters';
import { extractLogfmt } from './logfmt';
import { compileRegexp } from './regexp';

/** What a line is before it goes through a pipeline. */
export interface Line {
  line: string;
  /** Labels that were pushed with the line. */
  metadata: Labels;
}

type Step = (line: string, labels: LabelSet) => boolean;

function compileStage(stage: Stage): Step {
  switch (stage.kind) {
    case 'line':
      return compileLineFilter(stage);
    case 'labels': {
      const passes = compileLabelFilter(stage.filter);
      return (_line, labels) => passes(labels);
    }
    case 'regexp':
      return compileRegexp(stage.pattern);
    case 'json':
    case 'logfmt': {
      const extract = stage.kind === 'json' ? extractJson : extractLogfmt;
      return (line, labels) => {
        extract(line, labels);
        return true;
      };
    }
    default:
      throw new Error(`unknown stage ${stage satisfies never}`);
  }
}

/**
 * Compiles stages to a function that gives a line's labels, or undefined when the line is filtered
 * out.
 *
 * @throws LogqlError for a regular expression that cannot be used
 */
export function compilePipeline(
  stages: Stage[],
): (line: Line, stream: Labels) => LabelSet | undefined {
  const steps = stages.map(compileStage);
  return ({ line, metadata }, stream) => {
    const labels = new LabelSet(stream, metadata);
    return steps.every(step => step(line, labels)) ? labels : undefined;
  };
}
