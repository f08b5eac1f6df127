import type { SeedCategory } from '../seed-category.js';

export const camping: SeedCategory = {
  slug: 'camping',
  products: [
    ['CAM-1001', 'Tent for two', 'Stands in six minutes, 2.4 kilograms.', 24_900, 12],
    ['CAM-1002', 'Sleeping bag, three seasons', 'Comfortable down to two degrees.', 12_900, 26],
    ['CAM-1003', 'Sleeping mat, self-inflating', 'Five centimetres between you and the roots.', 6_900, 41],
    ['CAM-1004', 'Gas stove, foldable', 'Boils half a litre in three minutes.', 3_990, 58],
    ['CAM-1005', 'Titanium pot, 750 ml', 'Weighs 102 grams with its lid.', 4_990, 35],
    ['CAM-1006', 'Spork, titanium', 'Never breaks, never rusts.', 1_190, 220],
    ['CAM-1007', 'Water filter, hollow fibre', 'A thousand litres from any brook.', 4_490, 47],
    ['CAM-1008', 'Steel flask, 0.75 litres', 'Tea at dawn that was brewed at night.', 2_990, 114],
    ['CAM-1009', 'Dry bag, 20 litres', 'Roll, clip, drop in the lake.', 1_990, 126],
    ['CAM-1010', 'Backpack, 45 litres', 'Carries on the hips, opens at the front.', 13_900, 18],
    ['CAM-1011', 'Daypack, 20 litres', 'Folds into its own pocket.', 4_990, 63],
    ['CAM-1012', 'Hammock with straps', 'Two trees, no tools, no bark harmed.', 5_490, 44],
    ['CAM-1013', 'Tarp, 3 by 3 metres', 'Eleven loops for every kind of weather.', 5_990, 29],
    ['CAM-1014', 'Tent pegs, pack of ten', 'Y-shaped aluminium, hard to bend.', 1_590, 240],
    ['CAM-1015', 'Guy line, reflective, 20 metres', 'Nobody trips twice.', 990, 185],
    ['CAM-1016', 'Compass with mirror', 'Sights, measures slopes, needs no battery.', 3_490, 53],
    ['CAM-1017', 'Fire steel', 'Three thousand sparks, also in rain.', 1_290, 170],
    ['CAM-1018', 'First aid kit, compact', 'For blisters, cuts and small burns.', 2_490, 92],
    ['CAM-1019', 'Camp lantern, rechargeable', 'Sixty hours on low.', 3_990, 66],
    ['CAM-1020', 'Folding chair', 'Carries 120 kilograms, packs like an umbrella.', 5_490, 0],
    ['CAM-1021', 'Winter tent, four seasons', 'Field tests are still under way.', 49_900, 3, 'draft'],
  ],
};
