"""What people write in Dutch."""

from leadline.rules.grounds import Ground
from leadline.rules.phrasebook import Language

LISTS = {
    "BERICHTEN": "berichten, bericht, sms, smsjes, appjes, berichtjes, spam, reclame, mails, meldingen, texts, sms en, smsen, "
    "aanbiedingen, telefoontjes, reclames, nieuwsbrief, onzin, contact, rotzooi, troep",
    "STUREN": "sturen, te sturen, appen, te appen, smsen, te smsen, berichten, lastigvallen, lastig te vallen, lastig vallen, contacteren, "
    "te contacteren, mailen, bellen, te bellen, schrijven, te schrijven, benaderen, te benaderen, spammen, te spammen, storen, stalken, "
    "zeuren, verzenden, contact opnemen, contact op te nemen, berichten sturen, benaderd, lastiggevallen",
    "STUUR": "stuur, sturen, app, sms, bel, schrijf, mail, contacteer, benader, val, appen, bellen, benaderen, stuurt, stoor",
    "VERWIJDER": "verwijder, verwijderen, haal, halen, schrap, schrappen, wis, wissen, gooi, vergeet, schrijf, delete, gooien, uitschrijven",
    "NUMMER": "nummer, telefoonnummer, gegevens, naam, mobiel, contact, telefoon, nr",
}

TABLES = {
    Ground.KEYWORD: """
        ^ stop/geen/einde berichten/sms/smsjes/reclame $
        ^ afmelden/stoppen/uitschrijven/opzeggen/stopzetten/afmelding/uitschrijving/beeindigen/verwijderen/verwijder/afgemeld/ophouden/stopt $
        ^ stop maar/hiermee/ermee/er/ajb/nou/direct ermee/mee? $
        ^ meld mij/me af $
        ^ schrijf mij/me uit $
        ^ hou op $
        ^ houd op $
        ^ hou er mee? op $
        ^ hou/houd ermee? op $
        ^ geen BERICHTEN meer? $
        ^ niet meer $
        ^ kappen nou/ermee/nu? $
        ^ kap ermee $
        ^ verwijder mij/me $
        ^ stop stoppen $
    """,
    Ground.WEAK_KEYWORD: """
        ^ einde/genoeg/annuleren/annuleer/klaar/basta/uit $
        ^ het is genoeg $
    """,
    Ground.REQUEST: """
        stop/stopt/stoppen ermee/hiermee
        stop/stopt/stoppen er? met/mee? .. STUREN
        stop/stopt/stoppen met/die/deze/alle/jullie .. BERICHTEN
        stop BERICHTEN
        geen .. BERICHTEN meer
        geen BERICHTEN $
        nooit meer BERICHTEN
        STUUR mij/me/ons/hier niet/geen/nooit/niks/niets .. meer/BERICHTEN/lastig
        STUUR mij/me/ons niet/nooit
        niet/nooit meer STUUR/STUREN/lastigvallen
        niet/nooit meer BERICHTEN
        STUUR geen/niets/niks BERICHTEN/meer
        val mij/me/ons niet/nooit meer?
        wil/willen/wens/wensen/hoef/hoeven/wenst ik/wij/we? geen/niet/niets/niks .. BERICHTEN/meer/ontvangen/gebeld
        wil/willen/wens ik/we? niet/geen .. meer
        laat mij/me/ons met? rust
        laat mij/me/ons met rust
        rot/sodemieter/donder/flikker op
        opgerot/oprotten $
        ga weg
        hou/houd op/er/ermee/hiermee met/$/mee/op op?
        hou/houd .. op
        ophouden met/$/hiermee/ermee
        vergeet/verlies mijn/dit NUMMER
        kunnen/kunt/kun/willen/wilt/kan/graag/wil jullie/u/je .. stoppen/ophouden/afmelden/uitschrijven/verwijderen
        zet/zetten .. stop
    """,
    Ground.REMOVAL: """
        VERWIJDER mijn/dit/ons/het .. NUMMER
        mijn/dit NUMMER .. verwijderen/wissen/schrappen/uit
        VERWIJDER mij/me/ons .. uit/van .. lijst/bestand/systeem/database/adressenlijst/bellijst/lijsten
        VERWIJDER mij/me/ons $
        haal/gooi/schrijf/meld/schrap mij/me/ons .. af/uit/eraf/weg/van
        schrijf mij/me uit
        meld mij/me .. af
        wil/graag/kan/wilt/willen/wens/kunt/zou/hierbij ik/u/mij/me? .. afmelden/uitschrijven/uitgeschreven/afgemeld/verwijderd
        mij/me afmelden/uitschrijven
        van/uit de/jullie/je/uw/die/deze lijst/bestand/lijsten af/halen/verwijderen?
        bel me niet register
    """,
    Ground.WITHDRAWAL: """
        trek/intrekken/herroep/trekken .. toestemming
        toestemming .. in/ingetrokken
        geen/nooit/niet .. toestemming
    """,
    Ground.REPEATED: """
        heb/had .. al/eerder/toch .. gezegd/gevraagd/afgemeld/stop/gestuurd/uitgeschreven/aangegeven
        al drie/twee/meerdere/3/2 keer/maal
        hoe vaak moet/nog
        voor de laatste keer
        waarom .. nog steeds/altijd
        nog steeds BERICHTEN
        krijg .. nog steeds
        blijf/blijft/blijven .. sturen/krijgen/appen/ontvangen/lastigvallen
    """,
    Ground.THREAT: """
        ga .. aangifte/melden/blokkeren/klacht/aangeven
        aangifte/klacht doen/gedaan/ingediend/indienen/tegen
        meld/melden/gemeld/rapporteer dit/jullie/u? bij/als acm/politie/spam/de?
        acm/autoriteit persoonsgegevens/consument?
        geblokkeerd/gerapporteerd/gemeld $
        ik blokkeer/rapporteer/meld jullie/je/dit/u
        dit is intimidatie/stalking/stalken
        stalking/intimidatie
        mijn advocaat zal/neemt
        avg
    """,
    Ground.WRONG_PERSON: """
        verkeerd/verkeerde/fout/foute nummer/persoon
        verkeerd verbonden
        ben niet * $
        ben niet de/meneer/mevrouw
        hier woont/is/werkt geen/niet/niemand
        hier geen *
        ken geen/deze/die/niemand
        woont/werkt hier niet
        woont/werkt niet meer
        dit is niet het? nummer
        dit is niet * $
        dit is niet meer
        is overleden
        je/u/jullie bent/hebt/heeft/hebben .. verkeerde/vergist
        ^ wie is * $
    """,
    Ground.DECLINE: """
        geen interesse/belangstelling/behoefte
        niet meer? geinteresseerd
        ^ nee bedankt/dank/dankjewel je/u? $
        ^ nee dank je/u $
        niet voor mij $
        hoeft niet meer? voor? $
        niet meer? nodig $
        al verkocht/gekocht/getekend/voorzien/gevonden/verhuurd/geregeld
        heb/hebben .. al .. verkocht/gekocht/getekend/gevonden/een/elders
        elders getekend/gekocht/gevonden
        van gedachten veranderd
        nu niet $
        misschien later
        staat niet te koop
        laat maar zitten?
        zoek/zoeken niet meer
    """,
    Ground.SOURCE: """
        hoe/waar komen/kom/heb/hebben/heeft/hebt jullie/je/u/jij .. nummer/gegevens/aan
        van wie heb/hebben/heeft
        wie heeft jullie/je/u .. gegeven
        waarom krijg/sturen/stuur/app/appen/ontvang/stuurt/benadert ik/jullie/je/u
        nooit/niet .. aangemeld/ingeschreven/gevraagd/toestemming
        oplichting/oplichters/spam/scam $
        is dit/dat .. spam/oplichting/nep
    """,
    Ground.TOO_MUCH: """
        te veel BERICHTEN
        zoveel BERICHTEN
        zo veel BERICHTEN
        minder BERICHTEN
        geen BERICHTEN na/voor/tijdens/op/als/in/s
        niet .. na/voor/tijdens 20/21/22/8/werk/werktijd/9/10/mijn
        alleen per/via mail/telefoon/email
        irritant/vervelend $
    """,
    Ground.ANGER: """
        hou/houd je bek/mond/kop
        krijg de/het
        klootzakken/idioten/eikels/sukkels
        ben/zijn het/jullie zat/beu
        spuugzat
        rot toch op
        irritant/vervelend
        flikker/donder/lazer
    """,
    Ground.START: """
        ^ aanmelden/hervatten/starten/inschrijven/begin/activeren/abonneren/doorgaan $
        meld/schrijf/zet mij/me weer/opnieuw .. aan/in/lijst
        wil/graag/zou ik/graag? weer/opnieuw .. BERICHTEN/ontvangen/aanmelden/krijgen
        wil/graag/zou .. weer/opnieuw .. BERICHTEN/ontvangen/aanmelden/krijgen
        stuur/stuurt mij/me/maar weer/opnieuw
        BERICHTEN weer ontvangen/aanzetten/krijgen/aan/hervatten
        jullie/je/u mogen/mag/kan/kunnen/kunt .. weer .. sturen/appen/smsen/berichten
        begin/beginnen weer/opnieuw
        zet .. weer aan
        per ongeluk/abuis .. stop/afgemeld/uitgeschreven/gestopt
        stop/afgemeld .. per ongeluk
    """,
    Ground.YES: """
        ^ ja $
    """,
    Ground.HELP: """
        ^ hulp/info/informatie $
        ^ hulp nodig $
        ^ ik heb hulp nodig $
        hulp/info/informatie over/met/bij deze/dit/die/jullie BERICHTEN/nummer/dienst
        ^ wie is/ben/bent/zijn/stuurt/zit dit/je/jij/u/jullie/daar/er/mij/dat $?
        wie stuurt/appt/sms/smst mij/me/deze/dit
        met wie spreek/heb/praat/app/ben
        welk bedrijf
        van welk bedrijf
        wat is dit voor .. nummer/bericht/dienst/$
        wat is dit $
        waar gaat dit over
        wie zit er/hier achter
        welk nummer kan/moet ik .. bellen
        met wie/wat kan/moet ik contact
        hoe kan ik jullie/u/iemand bereiken/contacteren/contact
        hoe kom ik in contact
    """,
    Ground.ASKING: """
        hoe
        kan/kun ik
        is er een
        waar kan
        wat moet
        moet ik
    """,
    Ground.OBJECT: """
        de/het/een
    """,
    Ground.LIMIT: """
        na/voor/tijdens/tot/als/zo/vandaag/zoveel/behalve
        op zondag/mijn/het
        s avonds/nachts
        in het/de weekend/nacht
        onder werktijd
    """,
    Ground.ORDINARY: """
        stop maar/even bij/op/aan/in/voor/de/het
        niet stoppen/annuleren/verwijderen/opzeggen
        stop je/ik/jij/de/hem/het/even/bij/langs/daar/hier/die/dat/in
        stop dit/deze .. in
        einde van/mei/juni/juli/maand/week/middag/dag/jaar/de
        eind van/mei/juni
        aan het einde
        haal/halen/verwijder/verwijderen/schrap de/het/die/een .. boom/optie/tapijt/foto/post/pakket/regel/kast
        haal je/ik/het/hem/me/mij op
        haal me/mij .. op
        annuleren/annuleer de/mijn/het/onze .. afspraak/bezichtiging/bestelling/reservering/proefrit
        afspraak/bezichtiging/bestelling/proefrit annuleren
        bel me niet .. app/sms/stuur
        niet bellen .. appen/sms/app/liever/sturen
        geen probleem/idee/haast/zorgen/vragen
        ben niet thuis/zeker/in/op/aan/meer/tegen/beschikbaar/zo/van/er
        dit/dat/het is niet goed/erg/waar/zo/te/de/het/nodig/duur/ver/dringend
        wie is de/het/mijn/onze .. makelaar/eigenaar
        hoe laat/lang/veel/duur/ver/gaat/is
        wil ik/je/u even/graag
    """,
}

DUTCH = Language("nl", LISTS, TABLES)
