import type { SeedCategory } from '../seed-category.js';

export const cycling: SeedCategory = {
  slug: 'cycling',
  products: [
    ['CYC-1001', 'City helmet, medium', 'Light, quiet, with a visor against rain.', 6_900, 44],
    ['CYC-1002', 'Floor pump with gauge', 'Eleven bar for road tyres, both valves.', 3_990, 68],
    ['CYC-1003', 'Mini pump', 'Rides along on the bottle cage.', 2_490, 92],
    ['CYC-1004', 'Puncture kit', 'Patches, glue, two levers and a piece of hope.', 790, 390],
    ['CYC-1005', 'Inner tube, 28 inch', 'French valve, 40 mm.', 690, 620],
    ['CYC-1006', 'Tyre, 37-622, reflective', 'A puncture belt and a bright line at night.', 2_990, 134],
    ['CYC-1007', 'Chain, nine speeds', '116 links and one that opens without a tool.', 2_290, 105],
    ['CYC-1008', 'Chain oil, dry, 100 ml', 'For dust and summer, smells of nothing.', 990, 280],
    ['CYC-1009', 'Brake pads, V-brake', 'One pair that stays quiet when wet.', 890, 350],
    ['CYC-1010', 'Multi-tool, 18 functions', 'Everything but the coffee.', 2_790, 86],
    ['CYC-1011', 'U-lock, 30 cm', 'Hardened steel, two keys and a bracket.', 5_490, 57],
    ['CYC-1012', 'Folding lock, 85 cm', 'Fits frame and lamp post.', 6_490, 39],
    ['CYC-1013', 'Bell, brass', 'Heard over headphones.', 1_490, 210],
    ['CYC-1014', 'Pannier, waterproof, 20 litres', 'Welded seams, one hand to unhook.', 5_990, 61],
    ['CYC-1015', 'Handlebar bag', 'Camera, map and sandwich within reach.', 3_990, 48],
    ['CYC-1016', 'Bottle cage, steel', 'Holds on over cobblestones.', 1_290, 165],
    ['CYC-1017', 'Drinking bottle, 750 ml', 'Wide mouth for ice, clear scale.', 990, 330],
    ['CYC-1018', 'Saddle, leather', 'Hurts for a month, fits for ten years.', 8_900, 22],
    ['CYC-1019', 'Gloves with gel', 'Half fingers, palms that soak up the road.', 2_490, 97],
    ['CYC-1020', 'Mudguards, set', 'Keep the stripe off your back.', 3_290, 0],
    ['CYC-1021', 'Dynamo, bottle type', 'Its hub-driven successor runs without a hum.', 2_190, 9, 'discontinued'],
  ],
};
