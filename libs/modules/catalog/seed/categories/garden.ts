import type { SeedCategory } from '../seed-category.js';

export const garden: SeedCategory = {
  slug: 'garden',
  products: [
    ['GAR-1001', 'Hand trowel, forged', 'Goes through roots, hangs from a leather loop.', 1_990, 118],
    ['GAR-1002', 'Secateurs, bypass', 'Cut green wood up to two centimetres.', 3_990, 72],
    ['GAR-1003', 'Pruning saw, folding', 'Pulls through a branch and folds into a pocket.', 2_990, 55],
    ['GAR-1004', 'Watering can, 9 litres', 'Galvanised, with a rose that rains.', 3_490, 63],
    ['GAR-1005', 'Garden hose, 20 metres', 'Does not kink, does not complain about frost.', 4_490, 47],
    ['GAR-1006', 'Spray nozzle with five patterns', 'From mist to jet by a turn of the wrist.', 1_690, 140],
    ['GAR-1007', 'Spade, ash handle', 'Pointed blade, treads on both sides.', 4_990, 38],
    ['GAR-1008', 'Garden fork, four tines', 'Lifts potatoes without spearing them.', 4_790, 33],
    ['GAR-1009', 'Leaf rake', 'Spring steel that spreads to your path.', 2_490, 81],
    ['GAR-1010', 'Kneeling pad', 'Spares the knees and floats in ponds.', 1_290, 160],
    ['GAR-1011', 'Gardening gloves, medium', 'Goat leather for the fingers, cotton for the back.', 1_890, 195],
    ['GAR-1012', 'Seed tray with lid', 'Twenty-four cells and a small climate.', 1_190, 230],
    ['GAR-1013', 'Tomato seeds, heirloom mix', 'Five old kinds from yellow to black.', 390, 540],
    ['GAR-1014', 'Wildflower seeds, 20 g', 'Sown once, feeds bees for years.', 590, 470],
    ['GAR-1015', 'Terracotta pot, 18 cm', 'Frost-proof, with its saucer.', 990, 310],
    ['GAR-1016', 'Plant labels, slate, pack of ten', 'Chalk on, rain off, chalk on.', 890, 175],
    ['GAR-1017', 'Jute twine, 150 metres', 'Ties tomatoes, rots on the compost.', 690, 260],
    ['GAR-1018', 'Compost bin, 300 litres', 'Larch boards that stack without a screw.', 8_900, 17],
    ['GAR-1019', 'Bird feeder', 'Easy to fill, hard for squirrels.', 2_790, 64],
    ['GAR-1020', 'Rain gauge', 'Glass in brass, reads to half a millimetre.', 1_590, 0],
    ['GAR-1021', 'Rain barrel, 200 litres', 'Waits for its tap and its price.', 0, 0, 'draft'],
  ],
};
