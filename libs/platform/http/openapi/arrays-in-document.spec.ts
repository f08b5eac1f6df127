import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Post } from '@nestjs/common';
import { Public } from '../access/route-access.js';
import { ArrayField, IntegerField, UuidField } from '../fields/index.js';
import { EdgeService } from '../testing/edge.service.js';

const ID = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7';

class PackedThingRequest {
  @UuidField({ example: ID })
  thingId!: string;

  @IntegerField({ min: 1, max: 9 })
  count!: number;
}

class PackRequest {
  @ArrayField(() => PackedThingRequest, { minItems: 1, maxItems: 3, uniqueBy: 'thingId', description: 'What to pack.' })
  things!: PackedThingRequest[];
}

@Controller('parcels')
class ParcelsController {
  @Post()
  @Public()
  pack(@Body() { things }: PackRequest) {
    return { packed: things.length };
  }
}

describe('an array in the document', () => {
  let edge: EdgeService;
  beforeAll(async () => {
    edge = await EdgeService.of([ParcelsController]);
  });
  afterAll(() => edge.close());

  it('has its bounds and its items, which are as closed as the request', async () => {
    const { components } = await edge.service.document();
    expect(components?.schemas).toMatchObject({
      PackRequest: {
        required: ['things'],
        additionalProperties: false,
        properties: {
          things: {
            type: 'array',
            minItems: 1,
            maxItems: 3,
            description: 'What to pack.',
            items: { $ref: '#/components/schemas/PackedThingRequest' },
          },
        },
      },
      PackedThingRequest: {
        required: ['thingId', 'count'],
        additionalProperties: false,
        properties: { thingId: { type: 'string', format: 'uuid', maxLength: 36, example: ID } },
      },
    });
  });
});
