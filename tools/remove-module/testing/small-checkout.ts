import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const MIGRATION = 'adapters/postgres/migrations/1795000000001-create-reviews.ts';

/** The composition root as it is without the module that a generator adds. */
export const COMPOSED = `import { OrdersModule } from '#modules/orders';
import { PostgresModule } from '#platform/postgres';

export const imports = [
        PostgresModule,
        OrdersModule,
];
`;

const MADE_BEFORE: Readonly<Record<string, string>> = {
  '.gitignore': '.data/\n',
  'apps/store/src/store.module.ts': COMPOSED,
  'libs/modules/orders/index.ts': "export { OrdersModule } from './orders.module.js';\n",
  'docs/errors.md': '# Errors\n',
};

/** What a generator writes for `reviews`, in miniature. */
const GENERATED: Readonly<Record<string, string>> = {
  'apps/store/src/store.module.ts': COMPOSED.replace(
    "'#modules/orders';\n",
    "'#modules/orders';\nimport { ReviewsModule } from '#modules/reviews';\n",
  ).replace('OrdersModule,\n', 'OrdersModule,\n        ReviewsModule,\n'),
  'libs/modules/reviews/index.ts': "export { ReviewsModule } from './reviews.module.js';\n",
  'libs/modules/reviews/domain/review.ts': "export const code = 'reviews.already-archived';\n",
  [`libs/modules/reviews/${MIGRATION}`]: `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReviews1795000000001 implements MigrationInterface {
  readonly name = 'CreateReviews1795000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA IF NOT EXISTS reviews');
    await runner.query('CREATE TABLE reviews.reviews (id int PRIMARY KEY)');
  }

  async down(): Promise<void> {}
}
`,
  'libs/modules/reviews/adapters/postgres/migrations/1795000000001-create-reviews.spec.ts': '',
  'test/system/reviews/review-life.spec.ts': "import { ask } from './support/client.js';\n",
  'tools/dashboards/rows/reviews.ts': '',
  'deploy/observability/prometheus/rules/alerts.reviews.rules.yml':
    'groups: [{ name: reviews, rules: [{ alert: ReviewsFailing }] }]\n',
  'deploy/observability/prometheus/tests/reviews.test.yml': '',
  'docs/runbooks/alerts/ReviewsFailing.md': '# ReviewsFailing\n',
  'docs/errors.md': '# Errors\n- reviews.already-archived\n',
};

/** A checkout with two modules, of which nobody needs `reviews`. */
export class SmallCheckout {
  readonly path = mkdtempSync(join(tmpdir(), 'remove-module-'));

  static withReviews({ committed }: { readonly committed: boolean }): SmallCheckout {
    const checkout = new SmallCheckout();
    checkout.git('init', '--quiet');
    checkout.write(MADE_BEFORE);
    checkout.commit();
    checkout.write(GENERATED);
    if (committed) checkout.commit();
    return checkout;
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, file)), { recursive: true });
      writeFileSync(join(this.path, file), text);
    }
  }

  commit(): void {
    this.git('add', '--all');
    this.git('-c', 'user.name=test', '-c', 'user.email=test@example.org', 'commit', '--quiet', '--message', 'x');
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.path, encoding: 'utf8' });
  }

  read(file: string): string {
    return readFileSync(join(this.path, file), 'utf8');
  }

  /** All files but Git's own. */
  files(): string[] {
    return globSync('**/*', { cwd: this.path })
      .filter((file) => statSync(join(this.path, file)).isFile())
      .sort();
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
