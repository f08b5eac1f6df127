import type { SeedCategory } from '../seed-category.js';

export const homeTextiles: SeedCategory = {
  slug: 'home-textiles',
  products: [
    ['TEX-1001', 'Bath towel, 70 by 140', 'Combed cotton, 500 grams to the square metre.', 2_490, 190],
    ['TEX-1002', 'Hand towel, 50 by 100', 'Matches the bath towel, dries by noon.', 1_290, 260],
    ['TEX-1003', 'Bath mat, waffle', 'Thirsty, and flat enough for the door.', 1_990, 88],
    ['TEX-1004', 'Duvet cover, percale, single', 'Cool and crisp, buttons of shell.', 5_990, 54],
    ['TEX-1005', 'Duvet cover, percale, double', 'The same for two.', 8_990, 40],
    ['TEX-1006', 'Pillowcase, linen', 'Stonewashed, better each summer.', 2_490, 122],
    ['TEX-1007', 'Fitted sheet, 160 by 200', 'Elastic all round, stays on.', 3_490, 75],
    ['TEX-1008', 'Wool blanket', 'From the undyed wool of Scottish sheep.', 11_900, 21],
    ['TEX-1009', 'Cotton throw', 'Woven in two shades of sand.', 4_990, 57],
    ['TEX-1010', 'Cushion cover, velvet', 'Hidden zip, 50 by 50, moss green.', 2_290, 104],
    ['TEX-1011', 'Cushion filling, 50 by 50', 'Feathers of ducks that were not plucked alive.', 1_490, 133],
    ['TEX-1012', 'Curtain, linen, 140 by 250', 'Filters the sun, can be hemmed.', 6_990, 36],
    ['TEX-1013', 'Curtain, blackout', 'Makes night at any time of day.', 7_990, 29],
    ['TEX-1014', 'Door mat, coir', 'Takes the road off your boots.', 1_990, 98],
    ['TEX-1015', 'Rug, flat weave, 140 by 200', 'Wool on cotton, the same on both sides.', 18_900, 11],
    ['TEX-1016', 'Runner, 70 by 240', 'For corridors that echo.', 9_900, 19],
    ['TEX-1017', 'Table cloth, half linen', 'Seats six, forgives red wine.', 5_490, 48],
    ['TEX-1018', 'Apron with pockets', 'Crossed straps, nothing to tie at the neck.', 3_290, 83],
    ['TEX-1019', 'Oven gloves, pair', 'Long cuffs, quilted cotton.', 1_990, 110],
    ['TEX-1020', 'Hot water bottle, knitted', 'Two litres under a cable-knit sweater.', 2_490, 0],
    ['TEX-1021', 'Electric blanket, old plug', 'Withdrawn, as its plug has become rare.', 5_990, 5, 'discontinued'],
  ],
};
