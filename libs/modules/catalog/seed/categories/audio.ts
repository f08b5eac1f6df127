import type { SeedCategory } from '../seed-category.js';

export const audio: SeedCategory = {
  slug: 'audio',
  products: [
    ['AUD-1001', 'Headphones, over-ear', 'Closed, forty hours, a plug for the train.', 17_900, 32],
    ['AUD-1002', 'Headphones, open', 'For quiet rooms and long albums.', 22_900, 14],
    ['AUD-1003', 'Earphones, wired', 'Remote on the cable, no battery to forget.', 3_990, 160],
    ['AUD-1004', 'Earphones, wireless', 'Six hours, and eighteen more in the case.', 9_900, 88],
    ['AUD-1005', 'Bluetooth speaker, small', 'Floats, hangs, plays for twelve hours.', 7_900, 73],
    ['AUD-1006', 'Bookshelf speakers, pair', 'Five-inch woofers in walnut.', 32_900, 9],
    ['AUD-1007', 'Turntable, belt drive', 'Two speeds and a cartridge worth keeping.', 27_900, 11],
    ['AUD-1008', 'Record brush', 'Carbon fibres lift dust out of the groove.', 1_690, 143],
    ['AUD-1009', 'Inner sleeves, pack of 50', 'Antistatic, rounded at the bottom.', 1_490, 205],
    ['AUD-1010', 'Stylus cleaning gel', 'Dip, lift, listen.', 1_990, 67],
    ['AUD-1011', 'Phono preamplifier', 'For moving magnet and moving coil.', 11_900, 23],
    ['AUD-1012', 'Headphone amplifier', 'Quiet enough to hear the room.', 14_900, 18],
    ['AUD-1013', 'Digital radio with alarm', 'Wakes gently with a station or a bell.', 8_900, 46],
    ['AUD-1014', 'Kitchen radio', 'Buttons that work with floury fingers.', 6_900, 39],
    ['AUD-1015', 'USB microphone', 'Heart-shaped pickup and a mute that clicks.', 8_900, 51],
    ['AUD-1016', 'Pop filter', 'Takes the punch out of every p.', 1_990, 97],
    ['AUD-1017', 'Speaker cable, 10 metres', 'Copper, 2.5 square millimetres, marked polarity.', 2_490, 120],
    ['AUD-1018', 'Audio cable, 3.5 mm, 1 metre', 'Slim plugs that fit through phone cases.', 990, 330],
    ['AUD-1019', 'Optical cable, 2 metres', 'Light from player to amplifier.', 1_290, 145],
    ['AUD-1020', 'Headphone stand, oak', 'Gives them a place to rest.', 2_990, 0],
    ['AUD-1021', 'Cassette deck, refurbished', 'The last ones have found their owners.', 15_900, 2, 'discontinued'],
  ],
};
