import type { SeedCategory } from '../seed-category.js';

export const workshop: SeedCategory = {
  slug: 'workshop',
  products: [
    ['WRK-1001', 'Claw hammer, 450 g', 'Hickory handle, face ground flat.', 2_990, 84],
    ['WRK-1002', 'Screwdriver set, six pieces', 'Slotted, cross and star, tips that fit.', 3_490, 76],
    ['WRK-1003', 'Precision screwdrivers', 'Ten bits for glasses, watches and phones.', 1_990, 118],
    ['WRK-1004', 'Combination pliers, 180 mm', 'Cut piano wire, grip the rest.', 2_790, 92],
    ['WRK-1005', 'Adjustable spanner, 250 mm', 'Opens to 32 millimetres, scale on the jaw.', 2_490, 70],
    ['WRK-1006', 'Hex keys, set of nine', 'Ball ends for corners.', 1_890, 147],
    ['WRK-1007', 'Socket set, 42 pieces', 'Ratchet with seventy-two teeth.', 7_900, 35],
    ['WRK-1008', 'Tape measure, 5 metres', 'Stays straight to two metres.', 1_290, 260],
    ['WRK-1009', 'Spirit level, 60 cm', 'Three vials, true to half a millimetre a metre.', 3_290, 58],
    ['WRK-1010', 'Combination square', 'Steel rule, ninety and forty-five degrees.', 2_990, 49],
    ['WRK-1011', 'Japanese saw, fine', 'Cuts on the pull, leaves nothing to sand.', 4_490, 43],
    ['WRK-1012', 'Chisels, set of four', 'From 6 to 25 millimetres, ready for honing.', 6_900, 27],
    ['WRK-1013', 'Sharpening stone, 1000/6000', 'Grinds on one side, polishes on the other.', 5_490, 38],
    ['WRK-1014', 'Block plane', 'Takes off a curl you can read through.', 8_900, 16],
    ['WRK-1015', 'Bar clamp, 60 cm', 'One hand to set, 140 kilograms of force.', 2_990, 101],
    ['WRK-1016', 'Cordless drill, 18 V', 'Two batteries, thirteen steps, one quiet motor.', 18_900, 22],
    ['WRK-1017', 'Drill bits for wood, set of eight', 'Centre points that start where you mark.', 1_990, 133],
    ['WRK-1018', 'Sandpaper, assorted', 'Ten sheets each of five grits.', 1_490, 190],
    ['WRK-1019', 'Wood glue, 250 g', 'Stronger than the wood in half an hour.', 890, 310],
    ['WRK-1020', 'Safety glasses', 'Clear, curved, forgotten once they are on.', 1_290, 0],
    ['WRK-1021', 'Hand drill, two speeds', 'Its gears are no longer cast.', 4_990, 7, 'discontinued'],
  ],
};
