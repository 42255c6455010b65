/**
 * A small program that stands for a service in tests. What it does is set by its environment:
 * CRASH_AFTER (milliseconds to an exit with code 3), GREEDY (takes more and more memory), READY=false (/readyz answers 503),
 * IGNORE_TERM (does not end on SIGTERM).
 * GET /unhealthy makes /healthz fail from then on; GET / answers with the environment.
 */
export const programSource = `
const http = require('node:http');
const { env } = process;
let healthy = true;
console.log('starting ' + (env.VERSION ?? ''));
if (env.CRASH_AFTER) {
  setTimeout(() => {
    console.error('crashing');
    process.exit(3);
  }, Number(env.CRASH_AFTER));
}
if (env.GREEDY) {
  const kept = [];
  setInterval(() => kept.push(new Array(1e5).fill({})), 1);
}
const statusOf = url => {
  if (url === '/readyz') return env.READY === 'false' ? 503 : 200;
  if (url === '/healthz') return healthy ? 200 : 500;
  return ['/', '/work', '/unhealthy'].includes(url) ? 200 : 404;
};
http
  .createServer((request, response) => {
    const status = statusOf(request.url);
    if (request.url === '/unhealthy') healthy = false;
    if (!request.url.endsWith('z')) console.log(request.method + ' ' + request.url + ' ' + status);
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(env));
  })
  .listen(Number(env.PORT), env.HOST);
process.on('SIGTERM', () => {
  console.log('stopping');
  if (!env.IGNORE_TERM) process.exit(0);
});
`;
