import { type Language, lines, words } from "./language.ts";

export const english: Language = {
  tag: "en",
  share: [0.42, 0.44, 0.56],
  offsets: [-8, -8, -7, -6, -6, -6, -5, -5, -5, -5, -5, -4, 0, 0, 1, 2, 10],
  given: words(`
    Abby Adam Aiden Alice Amber Andy Annie Ashton Ava Bella Ben Bianca Blake Brooke Caleb Callie Cam Carter Casey Chloe
    Cody Cole Daisy Dana Daphne Darcy Dean Delaney Dex Drew Eden Eli Ella Elle Emmett Erin Esme Evan Evie Faith Finn
    Fiona Frankie Freya Gabe Gemma Georgia Grace Greta Hailey Hannah Harper Hazel Heidi Holly Hope Hudson Ivy Jack Jade
    Jake Jasmine Jaxon Jenna Jess Jodie Joel Jordan Josie Jules Kara Kate Kayleigh Keira Kelsey Kendra Kenzie Kyle Lacey
    Layla Leah Leo Levi Lexi Libby Lila Logan Lola Lucy Luke Mackenzie Maddie Maeve Marcus Mason Megan Mia Mickey Miles
    Millie Molly Morgan Naomi Nate Nina Noah Nora Olive Ollie Owen Paige Pearl Penny Phoebe Piper Poppy Quinn Reese
    Riley River Robin Rosie Rowan Ruby Ryder Sadie Sam Savannah Scarlett Seth Shay Sienna Skye Sophie Stella Summer
    Tara Tatum Tessa Theo Toby Tori Trey Tyler Violet Wes Willow Wren Wyatt Xander Zach Zane Zoe Amara Kofi Zuri Thabo
  `),
  family: words(`
    Abbott Ainsley Alder Ashdown Barlow Beckett Bellamy Birch Blackwood Bramley Brightwell Caldwell Carrow Chesterly
    Colby Cray Dalton Darrow Denholm Ellery Fairfax Farrow Fenwick Fielding Garland Greaves Hadley Halloway Harlow Hartwell
    Hayes Holloway Huxley Ingram Keating Kingsley Lockhart Loomis Marlow Mayfield Merritt Milburn Nash Northcott Oakley
    Pembrook Penrose Prescott Quill Radley Ravenhill Redfern Rivers Rookwood Sawyer Sheldrake Sterling Sutton Tate
    Thornbury Tilden Underhill Vance Wakefield Waverly Weller Westbrook Whitlock Wilder Winslow Wolcott Yardley
  `),
  stems: words(`
    abby adam aiden alice amber annie ava bella ben blake brooke caleb callie casey chloe cody cole daisy daphne dex drew
    eden eli ella emmett erin esme evan evie finn fiona frankie freya gabe gemma georgia hailey hannah harper hazel holly
    ivy jade jake jasmine jaxon jenna jess joel jordan josie jules kara kayleigh kelsey kenzie lacey layla leah levi lexi
    libby lila logan lola lucy luke maddie maeve mason megan mia miles millie molly naomi nate nora olive ollie owen paige
    penny phoebe piper poppy quinn reese riley river robin rosie rowan ruby sadie sam seth shay sienna skye sophie stella
    tara tatum tessa theo toby tori trey violet wes willow wren wyatt xander zach zane zoe
    sunny foxy daily tiny honey lucky moon star cozy salty spicy lazy happy wild little real mister miss lil simply pure
    crafts cooks bakes paints reads sings dances lifts runs skates games edits draws vibes plants home garden kitchen
    nails hair beauty fitness travels farm dogs cats pets coffee comics anime rock beats tunes diy hacks
  `),
  titles: lines(`
    daily dose of calm
    The Cozy Kitchen
    Fit with {name}
    {name} edits
    mom of three chaos
    Garage Notes
    Two Dogs One Sofa
    your fav spam
    {name} & co
    The Plant Corner
    sleepy potato
    not {name}
    {name} draws
    Backyard Chickens Club
    Old Truck Garage
    {name} and the twins
    Gaming Clips Daily
    spam acc
    the real {name}
    {name}.
    ghost
    Coach {name}
    Nails by {name}
    bored again
  `),
  cities: words(`
    NYC LA Chicago Houston Dallas ATL Miami Denver Seattle Boston Detroit Philly Phoenix London Manchester Leeds Glasgow
    Dublin Toronto Vancouver Sydney Melbourne Perth Auckland Lagos Accra Nairobi Texas Ohio Florida Cali Georgia Utah
    Oregon Tennessee Alberta Cardiff
  `),
  flags: words("🇺🇸 🇬🇧 🇨🇦 🇦🇺 🇳🇬 🇬🇭 🇮🇪 🇳🇿 🇿🇦 🇯🇲 🇺🇸 🇺🇸"),
  roles: lines(`
    mom of {n}
    wife
    dad jokes
    dog mom
    nurse
    singer
    dancer
    artist
    photographer
    stylist
    mua
    makeup
    skincare
    fashion
    beauty
    lifestyle
    travel
    foodie
    home decor
    fitness coach
    personal trainer
    gym
    runner
    comedian
    🏳️‍🌈
    actor
    host
    teacher
    student
    realtor
    barber
    nail tech
    hairstylist
    small business owner
    author
    bookworm
    streamer
    gamer
    cosplayer
    anime
    cars
    trucks
    country girl
    beach lover
    coffee addict
    plant lady
    cat person
    est. {year}
    {age}
    {pronouns}
    {city}
    {city} based
    class of {year}
    {status}
    {sign}
    God first
    soccer
    basketball
    track
    softball
    cheer
    drummer
    DJ
    producer
    rapper
    songwriter
    esthetician
    chef
    baker
    crochet
    diy
    wellness
    thrifting
    ugc
    mental health
    army wife
    trucker
    {age} yrs old
    welder
    firefighter
  `),
  sayings: lines(`
    just here for fun
    living my best life
    idk what to write here
    be kind, always
    Good vibes only {e}
    trying to figure it out
    here to make you smile
    one day at a time
    I post when I feel like it
    don't take me too seriously
    chasing sunsets {e}
    professional overthinker
    doing my best (most days)
    bored at home
    hi {e}
    hello there
    welcome to my page!
    some people call me {name}
    I like dogs more than people
    spreading joy one video at a time
    my kids are my world {e}
    blessed and thankful
    "small steps every day"
    less talk, more action
    dream big, work hard
    made in {city}
    never give up
    old account got banned
    new acc {e}
    spam account
    fan page {e}
    road to {goal}
    {goal}?? {e}
    help me get to {goal}
    thank you for {goal} {e}
    we made it to {goal}
    quick & easy recipes for busy people
    Making math less scary
    turning scraps into quilts
    learning guitar, day by day
    budget meals and honest reviews
    building a tiny house with my dad
    I restore old bikes
    Daily tips for your garden
    comedy, chaos and coffee
    Big family, small kitchen
    your daily reminder to drink water
    funny videos every day
    Just a girl with a camera
    a boy and his truck
    books, tea & rainy days
    gym rat in training
    still learning
    music is my therapy {e}
    only here for the drafts
    no drama please
    life is short, eat the cake
    Sarcasm is my first language
    Gardening is cheaper than therapy
    {age} and tired
    since {year}
    Yes, that's my real laugh
    i miss summer {e}
    taken {e} {date}
    Home of the night shift crew
    my cat runs this account
    Honest reviews, bad puns
    ok
    lol
    why are you here
    made you look
    do your thing
    stay weird
    stay golden {e}
    Faith over fear
    two kids & a dog
    Living with one kidney and zero regrets
    Follow your heart
    i edit sometimes
    Sunday baker, weekday accountant
    proud parent {e}
    It's me {name}
    RIP grandpa {e}
    part time human
    fully caffeinated
    Cooking what grandma taught me
    #fyp #foryou
    #foryoupage {e}
    just a dad with a grill {e}
    sharing my weight loss journey
    day in the life of a night nurse
    thrift flips and bad ideas
    I make candles {e}
    tiny apartment, many plants
    Bible verses & morning coffee
    Proverbs 3:5 {e}
    Psalm 23
    Matthew 6:34 {e}
    not your average grandma
    watch till the end {e}
    mostly cats
    my dog is cooler than me
    recovering perfectionist
    sober since {year} {e}
    married to my best friend {e}
    {city} girl living in {city}
    {city} born and raised
    let's be friends {e}
    ask me anything {e}
    cringe but free
    he's the funny one
    do it scared
    bye {e}
    hey :)
    hiii <3
    u good?
    no one cares
    certified yapper
    Manifesting {goal} {e}
    next goal {goal}
    Truck driver, father of {n}
    Two moms, three cats, no plan
    #smallbusiness #handmade
    {e} new here {e}
    Making soap in my kitchen
    history facts in 60 seconds
    I fix old radios
  `),
  calls: lines(`
    insta: {me}
    insta {me}
    Insta - @{me}
    IG: {me}
    IG @{me}
    ig - {me}
    ig: @{me} {e}
    Instagram: @{me}
    Follow me on Instagram
    follow my insta {me}
    sc: {me}
    snap: {me}
    YouTube: {me}
    subscribe to my youtube {e}
    twitch: {me}
    live every {day} 8pm
    follow for more {e}
    follow 4 follow
    follow me {e}
    follow for a follow back
    like and follow please
    don't like me? block me
    DM for collabs
    collabs: {mail}
    {mail}
    {e} {mail}
    business: {mail}
    email: {mail}
    Contact {mail}
    Business inquiries: {mail}
    shop below {e}
    link below {e}
    Links in bio {e}
    shop my favs {e}
    order here 👇
    New video every {day}
    use code {code}
    backup: @{me}.2
    old acc got hacked {e}
    merch 👇
    book a call 👇
    free guide below
  `),
};

/** Biographies with one of the six words the original study looks for, 12 in 1000. */
export const keywordLines = lines(`
  content creator
  digital creator | {city}
  home & garden content creator
  creator of small things
  UGC creator {e}
  influencer
  Beauty influencer
  model
  model & dancer {e}
  part time model, full time mom
  food blogger
  {city} creator {e}
  creator | dog mom
  micro influencer {e}
`);
