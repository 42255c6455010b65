import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import type { NextFunction, Request, Response } from 'express';
import { apiRoutes } from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';
import { answerRef, answerSchemas } from '../http/answerSchemas';

type JsonSchema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;

/** The schemas of the OpenAPI document, each object without room for what is not described. */
const $defs: Record<string, JsonSchema> = JSON.parse(
  JSON.stringify(answerSchemas()).replaceAll('#/components/schemas/', '#/$defs/'),
  (_, value) => (value?.properties ? { additionalProperties: false, ...value } : value),
);

const answers = new Map(
  Object.values(apiRoutes).flatMap(({ path, answer, ...route }) => {
    const method = 'body' in route ? 'POST' : 'GET';
    const name = answer && answerRef(answer).$ref.split('/').at(-1);
    return name
      ? [
          [
            `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
            z.fromJSONSchema({ ...$defs[name], $defs }),
          ],
        ]
      : [];
  }),
);

/**
 * What is wrong with an answer by the OpenAPI document; undefined when nothing is.
 *
 * @param route - the path as Express has it, for example `/releases/:tenant`
 */
export function problemOf(route: string, body: unknown, method = 'GET'): string | undefined {
  const parsed = answers.get(`${method} ${route}`)?.safeParse(JSON.parse(JSON.stringify(body)));
  return parsed?.error && `${route}: ${z.prettifyError(parsed.error)}`;
}

/** Reads each answer of the plugin as its document describes it. */
export function describedAnswers() {
  const problems = new Set<string>();
  const check = (request: Request, response: Response, next: NextFunction) => {
    const json = response.json.bind(response);
    response.json = body => {
      const problem =
        [200, 201].includes(response.statusCode) &&
        problemOf(request.route?.path, body, request.method);
      if (typeof problem === 'string') problems.add(problem);
      return json(body);
    };
    next();
  };
  const feature = createBackendModule({
    pluginId: 'tenant-releases',
    moduleId: 'described-answers',
    register(env) {
      env.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        init: async ({ httpRouter }) => httpRouter.use(check),
      });
    },
  });
  /** @throws Error that names what was answered and is not described */
  const verify = () => {
    if (problems.size > 0) throw new Error(`Not as described:\n${[...problems].join('\n')}`);
  };
  return { feature, verify };
}
