"""What people write in English that may mean: no more texts."""

from leadline.rules.grounds import Ground

PHRASES = {
    Ground.WRONG_PERSON: """
        WRONG PERSON
        ^ WRONG $
        WRONG PERSON for/of/i
        wrong numb/no/num/nbr/nummer/numero
        not the? right person/number/guy/mike/lady
        wrong number $
        have/got/reached/has/texted/texting/messaged/contacted/gave/texing/contacting the? wrong PERSON
        you/u have/got/reached the? wrong
        not who/whom you/u think/want/are/r/were/need/looking
        not the one/guy/person/lady you/u
        no one/body here/named/by/with/at by/named/goes/called/with?
        noone/nobody/nobodys here/named/by/lives
        no one by/named/with/called that/this
        there is/s/isnt/aint no * here/at/on/by
        theres no * here/at/on/by/with
        no * here $
        no * * here $
        no * at/on this number/address/phone/line
        no * lives here
        * doesnt/dont/does/dosent not? live/work/own/stay here/anymore/there/at
        doesnt live/work/stay here anymore?
        doesnt/dont/not have/own/use this number/phone/line anymore?
        not at this number/address/phone anymore?
        no longer has/have/uses/owns/at/works/lives/using this/here/at/there number/phone
        no longer works/lives/with/employed/at
        not/isnt * anymore $
        ^ this/it is/s not * $
        ^ this/its isnt/aint/not * $
        ^ this/its isnt/aint/not * * $
        ^ this is not * * $
        ^ this/its isnt/aint/not * number/phone/cell/line
        ^ this is not * number/phone/cell/line
        ^ im/i not/am * $
        ^ i am not * $
        ^ im not the * $
        isnt/not * phone/number anymore
        this/that was/used to? be? * old number
        used to be *s? number/phone
        her/his/their/my/this/the old number/phone $
        changed numbers/number
        has a new number
        new/just/recently got/have/number/owner/bought/given this/a/new/of phone/number? phone/number/this/cell?
        ^ i? got this number
        recently got this number
        just/recently got this phone/cell number?
        just/recently got a new number
        owner of this/the number before/previous
        previous/prior/last/old owner of? this? number/phone?
        had this/the/my number/phone/line for/since/over/about/like/now/only
        have had this number/phone
        inherited this number/phone
        he/she/husband/wife/mom/dad/father/mother/brother/owner/grandma/grandpa died/passed
        deceased
        he/she/hes/shes is? dead
        passed away
        has/is/was/been deceased
        dont know/no any/a/who/anyone/anybody *? $
        dont know who/any/anyone/anybody that/this/named/by/with is/name/called
        dont know who you/this/that are/is
        dont know you $
        know who * is
        belongs to someone/somebody/another/my
        dont know a *
        ^ who is * $
        who tf is
        who is * here
        whos * $
        never heard of/a you/him/her/them/this/that/*
        mistaken/mixed identity/up/me with/for
        you/u must/may have/be/want/mistaken/confused the? wrong/mistaken/me/someone/a *
        think you have the wrong
        looking for someone else
        meant for someone/somebody else
        meant/trying/supposed/think to? text/reach/message/contact/get/text someone/somebody/another/a else/different
        have/had/ive this number/phone * years/yrs/months/yr/year
        confused me/us with
        someone else/elses number/phone/person
        not my house/property/name/home/car
        not the owner/homeowner/property/seller/right
        not a homeowner
        im a renter/tenant
        ^ i/we rent $
        not me $
        that/this/thats isnt/not me
        dont own a/any/that/this/the home/house/property/car/business/vehicle/one
        im/i am? only/just a kid/child/minor
        this is my? work/school/company/office phone/number/cell/line
        this is a business/landline/work/company/school/hospital line/phone/number/for?
        this is a minor
        im/i am 12/13/14/15/16/17 $
        im/i am 12/13/14/15/16/17 years old
    """,
    Ground.DECLINE: """
        not interested $
        not interested in/on/at selling/buying/this/that/it/any/your/anything/solar/insurance/you/these/what/switching/another/moving/refinancing/financing/doing/listing
        not interested anymore/sorry/thanks/at/and/i/im/we/right/so/but/ty/bro/thank/now/yet/currently/bye/not
        ^ not interested
        no longer interested
        no/zero/0 interest/intrest $
        no interest in/at
        lost interest
        arent/isnt/aint/never interested
        not/dont the? least/bit/remotely/really/all/very/super/even/too interested
        uninterested
        disinterested
        hard/solid/gonna/ill/im/i/going/well/gotta/imma/have to/will? pass/passing $
        ^ pass $
        ^ hard no $
        ^ ill/we/going/gonna/im pass/passing/to on? pass? this/it/that/the
        pass/passing on this/it/that one? $
        ^ we/i are/am? good thanks/thank/thx/ty/though/tho/here/now/for
        no/nah/nope thank/thanks/thx/ty/tanks/tx you/u? $
        ^ no thanks/thank/thx/ty
        ^ nah/naw/nope im/we/were good/ok/fine/straight/cool/okay/set/alright
        ^ no im/we/were good/ok/fine/set/okay/cool thanks/thank/ty? $
        ^ im/were/we/i are? good thanks/thank/thx/ty/though/tho/on/bro/man
        ^ im/were/we/i am/are? all? set/good $
        all set thanks/thank/thx/here
        ^ not for me/us $
        not for me/us thanks/thank/sorry/right/at/anymore
        isnt/aint/not for me/us $
        not my thing/cup/jam/style/speed
        dont/no/not need/want it/this/that/one/any/anything/your/help/them/these anymore/services/service/help/longer? $
        dont need/want your/ur service/services/help/product/business/offer
        dont need/want anything
        dont want it/this/that/one/any $
        dont want/need to? sell/buy/sale/list/refinance/switch
        no longer need/want/needed/require/looking/in/selling/own/interested/available/shopping/buying/considering/have/for
        not needed $
        not looking $
        not looking to/for/at sell/buy/move/switch/refinance/a/any/anything/anymore/right/one/change/new
        not looking anymore
        not in the/a market/position
        not selling/buying/moving/shopping/switching/hiring/refinancing $
        not selling/buying/moving/switching/interested my/our/anymore/it/right/anything/the/this/anytime house/home/now?
        not/isnt for sale
        never selling
        not wanting/planning/trying/ready/willing to sell/buy/switch/move/list
        already PAST_NEED $
        already PAST_NEED one/a/it/my/our/the/with/another/somewhere/something/elsewhere/solar/someone/mine/ours/that/from/new
        already have/has/got a/an/one/solar/someone/my/our/insurance/another/coverage/somebody realtor/agent/lender/guy/provider/broker/$?
        already have one
        already taken care of
        already under contract
        already working with
        already sold
        already did/done it/elsewhere/with/that/solar
        already went with
        sold it/the/my/our/that last/already/house/home/car/years/year/truck?
        sold $
        ^ sold it
        house/home/car/it/truck/property is/was/already/has/got been? sold
        bought one/a/another/elsewhere/somewhere/something/from/new/mine
        went/going/gone/go with another/someone/somebody/other/them/different else/different/other?
        went/going/gone/go with a/the/your/other different/other/competitor/competition/guy/company/agent/contractor/neighbor
        went a? different/another/elsewhere/other direction/way/route
        going in? a? different/another direction
        signed/bought/purchased/leased/found/closed elsewhere/somewhere/with/another/someone/one else?
        went elsewhere/somewhere/another else?
        were/im/we/are? are? going with another/someone/somebody/a/other different/other/else/company/agent/guy
        went with * instead/already/$
        signed with
        hired/chose/found/picked/got someone/somebody/another/a else/different/agent/realtor/contractor
        switched to/providers/already
        dont/no/not/doesnt longer? own/have/live .. anymore
        dont own/live/have .. anymore/now
        no longer own
        got rid of it/that/the/my
        traded it/mine in
        moved away/out/on/to/already
        have/has/ive/weve moved $
        changed my/our mind $
        changed my/our mind about/on
        not anymore $
        ^ not anymore
        nevermind/nvm dont/im/not
        ^ nevermind/nvm $
        ^ never mind $
        count me out
        im out $
        deal is off
        thanks but no thanks
        thank you but/for no
        maybe another/next year
        not at this time/point/moment
        we? were/im/we/are? are? going in? a? different/another direction/way/route
        were/im/we are? all? set on/for/with
        ^ no? not right now $
        happy/satisfied/good/fine/covered with our/my/the current/present/existing/old? provider/agent/company/insurance/guy/realtor/vendor/plan/one
        ^ ill/will/we well? pass thanks/thank/thx/though/sorry/on
        ^ not right now thanks/thank/thx/sorry
        ^ thanks/thank/appreciate you/it? but no thanks?
        changed our/my mind/minds
        the/my/our house/home/car/truck/property/lot/boat/place/condo/unit is/was/has been? sold
        dont/not need it/this/that/one/them any more
        dont/not need a/the/any/your/another * anymore/now
        dont/not need it/this/that/one anymore/now
        found/bought/got a/another/my/our/the place/house/home/car/apartment/condo/truck/one already/thanks/thank/thx/$
        ^ not today $
        not gonna/going to? happen
        never gonna/in happen/my
        cant afford it/this/that
        in your dreams
        not a chance
        absolutely not
        hell no/nah
        heck no
        no way $
        fuck/eff/f no
        over my dead
        too late $
        youre/you are? too late
        you missed/lost me
        take/taken your/my business elsewhere
        do business with you/yall
        never do/use/buy/work/sell .. you/yall
        not doing business
        dont waste your/my time
        youre wasting your/my time
        waste of time
        retired $
        no need $
        no need for/to it/this/that/sell
        not necessary $
        got what i needed
        all taken care of
        taken care of $
        found what i/we
        ^ house/home/car/truck/property/boat/lot sold
        we/i passed on
        decided not to
        decided to stay/keep/wait/go/rent
        decided against
        backing out
        pulling out of
        not moving forward
        wont be needing/moving/buying/selling
        we/i are/am? done $
        im/were done with you/yall/this/these
        done with this/you/yall
        done talking
    """,
    Ground.SOURCE: """
        how/where/from did/do/d/have/had/you/u where? you/u/ya/yall/they/get/got/find/this .. my/our/this number/name/info/information/contact/phone/cell/details/address
        how/where you/u/yall get/got/find/getting my/our/this
        how you/u got/get/have my/our/this
        whered/howd you/u/ya get/find
        whered/howd you/u/ya get/find my/our/this PHONE/NAME
        who gave/passed/sold/give/shared/told/provided/sent/authorized/leaked you/u/yall/out .. my/this/me/our
        who gave you/u/yall this/my/it/permission
        who gave/sold/shared/leaked/passed my/this/our
        who told/authorized/asked you/u/yall to/that/i/for
        who asked $
        who signed me/us up
        who put me/us/my on/in
        who/why/how am/did/do/are i/we/you/u/yall getting/get/receiving/texting/contacting/messaging/on/have/sending/bothering/spamming/blowing .. these/this/me/texts/my/us/messages/your/list/it/number/here
        why do you/u/yall have my/this
        why is this/your/a number/company texting/messaging/contacting
        why/how do/did/are/would you/u/yall text/message/contact/texting me/us
        why you/u/yall texting/contacting/messaging/hitting/bothering me
        why was/were i/am texted/contacted/added/put/signed
        why me $
        why are you/u/yall texting/contacting/messaging
        why is/are my number/name
        what list is/am/are this/i/you
        dont/didnt/never/not/did remember/recall/ever? not? signing/giving/signed/asking/subscribing/sign/give/gave/opting/ask/agree/request/requesting/filling/contacting/subscribe/opt/consent/consented/agreed/inquiring .. up/this/number/you/in/for/texts/to/my/messages/out/these/it
        never/didnt/not/did ever? not? signed/sign/signing up/for
        never/didnt/not ever? asked/ask for/to/you this/these/it/texts/be/text/any/your
        never/didnt ever? gave/give/given/authorize/authorized/agree/agreed/consent/consented/subscribe/subscribed/opted/opt/request/requested/contacted/reached/inquired/inquire .. you/my/this/permission/number/consent/to/in/it/these/texts
        never opted
        never subscribed
        never/dont/didnt consented/gave/give/consent $
        never asked for
        not/never a customer/client
        never done business
        do i/we know you/u
        do we know each
        is/are this/it/you/these/looks/sounds/seems .. spam/scam/phishing/legit/scammer/scammers
        ^ spam/scam/scammer/scammers/spammer/spammers/phishing $
        looks/sounds/seems/smells/feels like a? spam/scam
        sounds/looks/seems/kinda/very/pretty fishy/sketchy/scammy/spammy
        your/this a/are/is/sending spam/spamming/scam
        more/sending/pure/total/its/this spam
        nice/good try scammer/scam/spammer
        scammers/spammers
        how did you find me/us
        where/how are/do/did you/yall get/getting/find/finding my/our/these
        selling/sold/sell/bought/buying my number/info/data/information/contact
        what gives you the/a right
        delete this number?
        i dont know you
        invasion of/my privacy
        is/are this/you even legal/allowed
    """,
}
