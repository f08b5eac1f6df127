// The walls of the house: who may import whom. Each rule is keyed to folders, counts type-only imports, and carries
// its reason, which is printed when it is broken. `test/architecture/walls.spec.ts` plants a violation of each.

/** Code that only tests run: it may climb over the inner walls, and nobody but other tests may import it. */
const TEST_CODE = '(\\.spec\\.ts$|/testing/)';

/** A module's rooms. `seed/` stands on the street side like an adapter: it feeds sample data to a port. */
const ADAPTER_ROOM = '(?:adapters/[^/]+|seed)';

const OUR_CODE = '^(apps|libs)/';
const BUILTIN_OR_PACKAGE = ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];

const insideAModule = [
  {
    name: 'domain-looks-at-itself',
    comment:
      'The domain states what is true whatever stores or serves it. One import outwards, and the rule of the business ' +
      'changes with the technology. Invert it: let the application pass in what the domain needs.',
    from: { path: '^libs/modules/([^/]+)/domain/', pathNot: TEST_CODE },
    to: { path: '^libs/', pathNot: ['^libs/modules/$1/domain/', '^libs/kernel/', TEST_CODE] },
  },
  {
    name: 'application-looks-inward',
    comment:
      'A use case knows its domain and its ports. What it needs of the outside (an adapter, the platform, another ' +
      'module) it declares as a port in application/ports, and an adapter answers.',
    from: { path: '^libs/modules/([^/]+)/application/', pathNot: TEST_CODE },
    to: { path: '^libs/', pathNot: ['^libs/modules/$1/(application|domain)/', '^libs/kernel/', TEST_CODE] },
  },
  {
    name: 'no-packages-in-the-vault',
    comment:
      'Domain and application import no package and no part of Node: they outlive both, and their tests run in ' +
      'milliseconds. Time, identity and I/O come through the kernel or a port.',
    from: { path: '^libs/modules/[^/]+/(domain|application)/', pathNot: TEST_CODE },
    to: { dependencyTypes: BUILTIN_OR_PACKAGE },
  },
  {
    name: 'adapters-do-not-meet',
    comment:
      'Each adapter can be replaced or deleted alone. What two of them share belongs to the application (a port), ' +
      'to the domain (a fact) or to the platform (a technique).',
    from: { path: `^libs/modules/([^/]+)/(${ADAPTER_ROOM})/`, pathNot: TEST_CODE },
    to: { path: `^libs/modules/$1/${ADAPTER_ROOM}/`, pathNot: ['^libs/modules/$1/$2/', TEST_CODE] },
  },
  {
    name: 'adapters-know-no-wiring',
    comment: 'The module file chooses adapters. An adapter that imports it, or the front door, closes a circle.',
    from: { path: `^libs/modules/([^/]+)/${ADAPTER_ROOM}/`, pathNot: TEST_CODE },
    to: { path: '^libs/modules/$1/[^/]+\\.ts$', pathNot: TEST_CODE },
  },
  {
    name: 'module-file-only-wires',
    comment: 'A fuse box holds no logic: whatever needs an error, a page or a clock of the kernel belongs to a room.',
    from: { path: '^libs/modules/[^/]+/[^/]+\\.module\\.ts$' },
    to: { path: '^libs/kernel/' },
  },
  {
    name: 'front-door-shows-its-own-house',
    comment:
      "index.ts says what others may use of this module. Passing on somebody else's things would make this module " +
      'answer for them, and hide who needs whom.',
    from: { path: '^libs/modules/([^/]+)/index\\.ts$' },
    to: { path: '^libs/', pathNot: ['^libs/modules/$1/', TEST_CODE] },
  },
  {
    name: 'front-door-shows-no-adapter',
    comment:
      'What others may use of a module is what it can do, and never how: a row, a statement or a request class that ' +
      'crosses the wall ties two modules to one table or one wire.',
    from: { path: '^libs/modules/([^/]+)/index\\.ts$' },
    to: { path: `^libs/modules/$1/${ADAPTER_ROOM}/` },
  },
  {
    name: 'every-file-has-a-room',
    comment:
      'Rules are keyed to rooms: adapters, application, domain, seed, testing, the module file and the front door; in ' +
      'the platform, one folder a concern. A file in a folder of another name (utils, common) would stand outside all.',
    from: { path: OUR_CODE },
    to: {
      path: ['^libs/modules/', '^libs/platform/'],
      pathNot: [
        `^libs/modules/[^/]+/(${ADAPTER_ROOM}|application|domain|testing)/`,
        '^libs/modules/[^/]+/(index|[^/]+\\.module)\\.ts$',
        '^libs/platform/[^/]+/',
        TEST_CODE,
      ],
    },
  },
];

const betweenParts = [
  {
    name: 'modules-by-front-door',
    comment:
      "A module's inside may change without asking anyone. Others use what its index.ts offers, tests too: an entity " +
      "or a row never crosses a module's wall.",
    from: { path: '^libs/modules/([^/]+)/' },
    to: { path: '^libs/modules/', pathNot: ['^libs/modules/$1/', '^libs/modules/[^/]+/index\\.ts$'] },
  },
  {
    name: 'platform-by-front-door',
    comment: 'A platform folder offers one concern through its index.ts; what lies behind it is free to move.',
    from: { path: '^libs/((?:platform/)?[^/]+)/' },
    to: { path: '^libs/platform/[^/]+/', pathNot: ['^libs/$1/', '^libs/platform/[^/]+/index\\.ts$'] },
  },
  {
    name: 'apps-by-front-door',
    comment: 'An app composes modules and platform; reaching past an index.ts would bind it to the inside of one.',
    from: { path: '^apps/' },
    to: { path: '^libs/(modules|platform)/[^/]+/', pathNot: '^libs/(modules|platform)/[^/]+/index\\.ts$' },
  },
  {
    name: 'apps-only-compose',
    comment:
      'An app is a main.ts and one composition root. Code that needs the kernel has business of its own and belongs ' +
      'to a module or the platform; what two apps share belongs to libs/.',
    from: { path: '^apps/([^/]+)/', pathNot: TEST_CODE },
    to: { path: ['^libs/kernel/', '^apps/'], pathNot: '^apps/$1/' },
  },
  {
    name: 'libs-know-no-app',
    comment: 'The same module serves in several apps. Knowing one of them would end that.',
    from: { path: '^libs/' },
    to: { path: '^apps/' },
  },
  {
    name: 'platform-knows-no-business',
    comment: 'Every module stands on the platform: one import upwards, and each drags that business along.',
    from: { path: '^libs/platform/' },
    to: { path: '^libs/modules/' },
  },
  {
    name: 'tools-stay-outside',
    comment: 'tools/, test/ and bench/ serve the developer and are not built, so production code cannot lean on them.',
    from: { path: OUR_CODE },
    to: { path: '^(tools|test|bench)/' },
  },
  {
    name: 'test-code-by-tests-only',
    comment: 'Specs and testing/ folders are left out of the build: an import of them compiles here and dies in dist/.',
    from: { path: OUR_CODE, pathNot: TEST_CODE },
    to: { path: TEST_CODE },
  },
];

const kernel = [
  {
    name: 'kernel-imports-nothing',
    comment:
      'Everything imports the kernel, so whatever it imports is everywhere. Two files are excepted, each for one ' +
      'import, by the two rules below.',
    from: { path: '^libs/kernel/', pathNot: [TEST_CODE, '^libs/kernel/(use-case|id)\\.ts$'] },
    to: { pathNot: '^libs/kernel/' },
  },
  {
    name: 'kernel-use-case-wraps-injectable',
    comment:
      '@UseCase() wraps Injectable so that no use case imports the framework. It may import @nestjs/common alone.',
    from: { path: '^libs/kernel/use-case\\.ts$' },
    to: { pathNot: ['^libs/kernel/', 'node_modules/@nestjs/common/'] },
  },
  {
    name: 'kernel-id-draws-randomness',
    comment: 'Identifiers need the random source of the system. id.ts may import node:crypto alone.',
    from: { path: '^libs/kernel/id\\.ts$' },
    to: { pathNot: ['^libs/kernel/', '^(node:)?crypto$'] },
  },
];

const everywhere = [
  {
    name: 'no-circular',
    comment:
      'In a circle nothing can be understood, tested or initialised first (ESM throws "before initialization"). Two ' +
      'modules that need each other are one module, or one of them should send an event.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolvable',
    comment: 'An import that resolves to nothing escapes every rule above, and fails at start.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'only-declared-packages',
    comment:
      "A package that is only somebody else's dependency vanishes when they drop it. Declare it in package.json.",
    from: { path: OUR_CODE },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'only-shipped-packages',
    comment:
      'The image is installed with --omit=dev --omit=optional: an import of such a package works here and fails there. ' +
      'Declarations (@types) are excepted, because they vanish in the build.',
    from: { path: OUR_CODE, pathNot: TEST_CODE },
    to: { dependencyTypes: ['npm-dev', 'npm-optional'], pathNot: 'node_modules/@types/' },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...insideAModule, ...betweenParts, ...kernel, ...everywhere].map((rule) => ({
    ...rule,
    severity: 'error',
  })),
  options: {
    // A type-only import is a dependency of thought: it counts, though it leaves no trace in the build.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|^bundle/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      // `source` makes the aliases of package.json (#kernel/*, #platform/*, #modules/*) point at libs/, not at dist/.
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
