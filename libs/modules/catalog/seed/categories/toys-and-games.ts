import type { SeedCategory } from '../seed-category.js';

export const toysAndGames: SeedCategory = {
  slug: 'toys-and-games',
  products: [
    ['TOY-1001', 'Wooden blocks, 60 pieces', 'Beech, plain, precise to a tenth of a millimetre.', 4_490, 52],
    ['TOY-1002', 'Marble run, starter', 'Gravity, rails and twelve marbles.', 5_990, 38],
    ['TOY-1003', 'Toy train with three wagons', 'Magnets hold it together, small hands drive it.', 2_990, 67],
    ['TOY-1004', 'Memory game, woodland', 'Thirty-six pairs, drawn by hand.', 1_690, 140],
    ['TOY-1005', 'Chess set, travel', 'Folds shut over its own pieces.', 3_490, 45],
    ['TOY-1006', 'Playing cards, linen finish', 'Fifty-two and two jokers.', 890, 410],
    ['TOY-1007', 'Dice, set of seven', 'From four sides to twenty.', 1_190, 285],
    ['TOY-1008', 'Jigsaw puzzle, 1,000 pieces', 'An old map with all its sea monsters.', 1_990, 94],
    ['TOY-1009', 'Jigsaw puzzle, 100 pieces', 'A harbour, for beginners from five.', 1_290, 126],
    ['TOY-1010', 'Dominoes, double nine', 'Engraved, so that fingers can read them.', 2_290, 58],
    ['TOY-1011', 'Kite, single line', 'Flies in a breeze that barely moves leaves.', 2_490, 71],
    ['TOY-1012', 'Kite, two lines', 'Turns, dives and pulls.', 5_490, 24],
    ['TOY-1013', 'Skipping rope, cotton', 'Adjustable, with turned handles.', 990, 195],
    ['TOY-1014', 'Spinning top', 'Spins for two minutes, then flips over.', 790, 240],
    ['TOY-1015', 'Wooden yo-yo', 'Ball bearing and a spare string.', 1_290, 150],
    ['TOY-1016', 'Hand puppet, fox', 'Opens its mouth and keeps secrets.', 2_690, 63],
    ['TOY-1017', 'Modelling clay, eight colours', 'Soft from the first minute, does not crumble.', 1_490, 118],
    ['TOY-1018', 'Magnifier for explorers', 'Five times larger, kind to scratches.', 1_190, 172],
    ['TOY-1019', 'Balance board', 'A rocker, a bridge, a slide.', 8_900, 20],
    ['TOY-1020', 'Word game with letter tiles', 'A hundred tiles and no dictionary included.', 3_290, 0],
    ['TOY-1021', 'Robot kit, second generation', 'The manual is being translated.', 7_900, 15, 'draft'],
  ],
};
