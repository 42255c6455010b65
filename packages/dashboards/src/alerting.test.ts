import { filesBelow, readYaml } from './__testUtils__/files';
import { rules } from './__testUtils__/queries';

interface Route {
  receiver: string;
  matchers?: string[];
  group_by?: string[];
  continue?: boolean;
  routes?: Route[];
}

interface Alertmanager {
  route: Route;
  inhibit_rules: { source_matchers: string[]; target_matchers: string[] }[];
  receivers: { name: string }[];
}

interface RuleTests {
  tests: { alert_rule_test?: { alertname: string; exp_alerts?: unknown[] }[] }[];
}

const alerts = rules().flatMap(({ alert }) => alert ?? []);

describe('the tests of the alerts', () => {
  const cases = filesBelow('prometheus/rules/tests')
    .flatMap(file => readYaml<RuleTests>(file).tests)
    .flatMap(test => test.alert_rule_test ?? []);

  it.each(alerts)('%s is seen to fire, and to be silent', name => {
    const own = cases.filter(({ alertname }) => alertname === name);
    expect(own.some(({ exp_alerts: expected = [] }) => expected.length > 0)).toBe(true);
    // One that always fires is never silent.
    const isSilent = own.some(({ exp_alerts: expected = [] }) => expected.length === 0);
    expect(isSilent).toBe(name !== 'Watchdog');
  });

  it('are about alerts that there are', () => {
    expect(cases.filter(({ alertname }) => !alerts.includes(alertname))).toEqual([]);
  });
});

describe('alertmanager.yaml', () => {
  const {
    route,
    receivers,
    inhibit_rules: inhibitions,
  } = readYaml<Alertmanager>('alertmanager/alertmanager.yaml');
  const routes = [route, ...(route.routes ?? [])];

  it('sends to receivers that there are, and has none that nobody sends to', () => {
    expect([...new Set(routes.map(({ receiver }) => receiver))].sort()).toEqual(
      receivers.map(({ name }) => name).sort(),
    );
  });

  it('groups by tenant, and goes on from on-call to the owner', () => {
    expect(route.group_by).toContain('tenant');
    const [watchdog, onCall, owner] = route.routes!;
    expect([watchdog.receiver, onCall.receiver, owner.receiver]).toEqual([
      'watchdog',
      'on-call',
      'tenant-owner',
    ]);
    expect(onCall.continue).toBe(true);
    expect(owner.matchers).toContain('tenant!=""');
  });

  it('holds back only alerts that there are', () => {
    const names = inhibitions
      .flatMap(rule => [...rule.source_matchers, ...rule.target_matchers])
      .flatMap(matcher => /^alertname=~?"(.+)"$/.exec(matcher)?.[1].split('|') ?? []);
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      expect(alerts.some(alert => new RegExp(`^${name}$`).test(alert))).toBe(true);
    }
  });
});
