import type { SeedCategory } from '../seed-category.js';

export const kitchenTools: SeedCategory = {
  slug: 'kitchen-tools',
  products: [
    ['KIT-1001', "Chef's knife, 20 cm", 'Forged from one piece of steel and hardened to 58 HRC.', 8_990, 37],
    ['KIT-1002', 'Paring knife, 9 cm', 'Small enough for garlic, sharp enough for tomatoes.', 2_490, 142],
    ['KIT-1003', 'Bread knife, 24 cm', 'Wavy edge that leaves the crumbs in the loaf.', 4_290, 65],
    ['KIT-1004', 'End-grain cutting board', 'Oiled walnut that is kind to edges.', 7_900, 23],
    ['KIT-1005', 'Beech cutting board, small', 'For an apple, a lemon or a lunch.', 1_690, 180],
    ['KIT-1006', 'Carbon steel pan, 28 cm', 'Gets better with every steak.', 5_490, 48],
    ['KIT-1007', 'Cast iron casserole, 4.5 litres', 'Enamelled, from hob to oven to table.', 12_900, 16],
    ['KIT-1008', 'Stainless saucepan, 2 litres', 'Scale inside, pouring rim all round.', 3_990, 71],
    ['KIT-1009', 'Silicone spatula', 'Withstands 260 degrees and reaches every corner.', 890, 320],
    ['KIT-1010', 'Balloon whisk, 25 cm', 'Eleven wires for egg whites that stand.', 1_190, 205],
    ['KIT-1011', 'Microplane grater', 'For nutmeg, lemon zest and the last of the parmesan.', 1_890, 118],
    ['KIT-1012', 'Vegetable peeler', 'Swivels left and right, for either hand.', 690, 410],
    ['KIT-1013', 'Salt mill, oak', 'Ceramic mechanism that salt cannot rust.', 3_490, 52],
    ['KIT-1014', 'Pepper mill, oak', 'Steel mechanism, six settings from fine to coarse.', 3_490, 49],
    ['KIT-1015', 'Digital meat thermometer', 'Reads in three seconds and folds away.', 2_990, 83],
    ['KIT-1016', 'Mixing bowls, set of three', 'Nested steel with lids that seal.', 3_790, 60],
    ['KIT-1017', 'Colander, 24 cm', 'Stands on its own feet in the sink.', 2_290, 77],
    ['KIT-1018', 'Rolling pin without handles', 'Feel the dough instead of the pin.', 1_590, 101],
    ['KIT-1019', 'Tea towels, pack of four', 'Half linen, woven to dry glasses without fluff.', 1_990, 166],
    ['KIT-1020', 'Mandoline slicer', 'Three thicknesses and a guard for the fingers.', 3_290, 0],
    ['KIT-1021', 'Garlic press, zinc', 'Made way for the one of steel.', 1_290, 11, 'discontinued'],
  ],
};
