//! The beginnings that countries changed, old and new, calling code included: `x` is any digit and `N` any but 0. Sources and
//! years stand in `renumbering.rs`.

/// Old beginnings, each with what stands there now.
pub(super) type Rows = &'static [(&'static str, &'static str)];

/// 2 and 3 were landlines, the rest mobiles; what began with 1 was nobody's, so that its operator is not known.
pub(super) const IVORY_COAST: Rows = &[
    ("2252x0", "225252x0"),
    ("2252x0", "225212x0"),
    ("2252x8", "225252x8"),
    ("2252x8", "225212x8"),
    ("2252", "225272"),
    ("2253x0", "225253x0"),
    ("2253x0", "225213x0"),
    ("2253x8", "225253x8"),
    ("2253x8", "225213x8"),
    ("2253", "225273"),
    ("2251", "225011"),
    ("2251", "225051"),
    ("2251", "225071"),
    ("225x0", "22501x0"),
    ("225x1", "22501x1"),
    ("225x2", "22501x2"),
    ("225x3", "22501x3"),
    ("225x4", "22505x4"),
    ("225x5", "22505x5"),
    ("225x6", "22505x6"),
    ("225x7", "22507x7"),
    ("225x8", "22507x8"),
    ("225x9", "22507x9"),
];

pub(super) const GABON: Rows = &[
    ("2411", "24111"),
    ("2412", "24162"),
    ("2414", "24174"),
    ("2415", "24165"),
    ("2416", "24166"),
    ("2417", "24177"),
];

pub(super) const GABON_WITH_ZERO: Rows = &[
    ("24101", "24111"),
    ("24102", "24162"),
    ("24104", "24174"),
    ("24105", "24165"),
    ("24106", "24166"),
    ("24107", "24177"),
];

pub(super) const VIETNAM: Rows = &[
    ("84120", "8470"),
    ("84121", "8479"),
    ("84122", "8477"),
    ("84123", "8483"),
    ("84124", "8484"),
    ("84125", "8485"),
    ("84126", "8476"),
    ("84127", "8481"),
    ("84128", "8478"),
    ("84129", "8482"),
    ("84162", "8432"),
    ("84163", "8433"),
    ("84164", "8434"),
    ("84165", "8435"),
    ("84166", "8436"),
    ("84167", "8437"),
    ("84168", "8438"),
    ("84169", "8439"),
    ("84186", "8456"),
    ("84188", "8458"),
    ("84199", "8459"),
];

/// The first digit of a mobile was another one for each of the two operators.
pub(super) const TOGO: Rows = &[
    ("2282", "22822"),
    ("2283", "22823"),
    ("2284", "22824"),
    ("2280", "22891"),
    ("2280", "22898"),
    ("2285", "22899"),
    ("2286", "22898"),
    ("2287", "22892"),
    ("2287", "22899"),
    ("2288", "22891"),
    ("2288", "22898"),
    ("2289", "22890"),
    ("2289", "22899"),
];

/// Mobiles with seven digits behind 01 got the operator's digit. What was given out with 015 then is left out: another operator
/// has that today.
pub(super) const EGYPT: Rows = &[
    ("2010", "20100"),
    ("2016", "20106"),
    ("2019", "20109"),
    ("2011", "20111"),
    ("2014", "20114"),
    ("2012", "20122"),
    ("2017", "20127"),
    ("2018", "20128"),
];

/// A 6 before mobiles, a 5 before landlines.
pub(super) const MOROCCO: Rows = &[
    ("2121", "21261"),
    ("2124", "21264"),
    ("2125", "21265"),
    ("2126", "21266"),
    ("2127", "21267"),
    ("2122", "21252"),
    ("2123", "21253"),
];

/// A 6 before mobiles, a 2 before landlines, of which some got another second digit.
pub(super) const CAMEROON: Rows = &[
    ("2375", "23765"),
    ("2376", "23766"),
    ("2377", "23767"),
    ("2379", "23769"),
    ("23722", "237222"),
    ("23722", "237242"),
    ("23733", "237233"),
    ("23733", "237243"),
];

/// The first digit twice.
pub(super) const QATAR: Rows =
    &[("9743", "97433"), ("9744", "97444"), ("9745", "97455"), ("9746", "97466"), ("9747", "97477")];
