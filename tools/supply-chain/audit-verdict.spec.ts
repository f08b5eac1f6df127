import { describe, expect, it } from '@jest/globals';
import { auditVerdict } from './audit-verdict.ts';

const vulnerable = (severity: string) => ({ a: { name: 'a', severity, range: '<1.2.3' } });
const verdictOf = (report: unknown) => auditVerdict(JSON.stringify(report));

describe('the verdict of an audit', () => {
  it('is clean when there is nothing', () => {
    expect(verdictOf({ auditReportVersion: 2, vulnerabilities: {} })).toEqual({ kind: 'clean' });
  });

  it.each(['low', 'moderate', 'info'])('is clean when there is nothing above %s', (severity) => {
    expect(verdictOf({ vulnerabilities: vulnerable(severity) })).toEqual({ kind: 'clean' });
  });

  it.each(['high', 'critical'])('names what is %s', (severity) => {
    expect(verdictOf({ vulnerabilities: { ...vulnerable(severity), b: { severity: 'low', range: '*' } } })).toEqual({
      kind: 'found',
      packages: [`a <1.2.3 (${severity})`],
    });
  });

  it.each([
    ['refuses', { message: '405 Method Not Allowed', statusCode: 405, error: { summary: '', detail: '' } }],
    ['is away', { message: 'connect ECONNREFUSED', error: { summary: '', detail: '' } }],
  ])('is that there is no answer when the registry %s', (_, report) => {
    expect(verdictOf(report)).toEqual({ kind: 'no answer', reason: report.message });
  });

  it('is a failure when npm did not ask', () => {
    const error = { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.' };

    expect(verdictOf({ error })).toEqual({ kind: 'failed', reason: error.summary });
  });

  it.each(['', 'npm error', '{', 'null', '[]', '{}', '7', '{"vulnerabilities":null}'])(
    'is a failure for %j',
    (stdout) => {
      expect(auditVerdict(stdout)).toEqual({ kind: 'failed', reason: 'npm printed no report' });
    },
  );
});
