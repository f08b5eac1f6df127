import { afterAll, beforeAll } from '@jest/globals';
import { stableId } from '#kernel/id';
import { describeWith } from '#platform/testing';
import { describeConfiguration } from './suites/configuration.js';
import { describeContents } from './suites/contents.js';
import { describeService } from './suites/service.js';
import { describeConfinement } from './suites/confinement.js';
import { Buildah } from './support/buildah.js';
import { buildImage, type BuiltImage } from './support/built-image.js';
import { makeLocalBase } from './support/local-base.js';
import { BUILDAH, BWRAP, DPKG_QUERY } from './support/programs.js';

/** A build takes a minute, of which npm is most, and many times that on a busy machine with an empty cache. */
const BUILD_TIMEOUT_MS = 900_000;
const CLEAN_UP_TIMEOUT_MS = 120_000;
/** What goes with a product of the sample data. */
const RECOMMENDATIONS = `/v1/products/${stableId('catalog:COF-1002')}/recommendations?limit=3`;

describeWith(DPKG_QUERY, 'the image, on a base of Debian packages', () =>
  describeWith(BUILDAH, 'as buildah builds it', () => {
    let buildah: Buildah;
    let image: BuiltImage;

    beforeAll(async () => {
      buildah = await Buildah.create();
      await makeLocalBase(buildah);
      image = await buildImage(buildah, {
        VERSION: '7.8.9',
        COMMIT: 'c0ffee',
        SOURCE: 'https://git.example.com/mainstay',
      });
    }, BUILD_TIMEOUT_MS);
    afterAll(() => buildah.dispose(), CLEAN_UP_TIMEOUT_MS);

    describeConfiguration(() => image);
    describeContents(() => image);
    describeWith(BWRAP, 'run by bwrap', () => {
      describeConfinement(() => image);
      describeService('store', '/v1/products?limit=3', () => image);
      describeService('recommender', RECOMMENDATIONS, () => image);
    });
  }),
);
