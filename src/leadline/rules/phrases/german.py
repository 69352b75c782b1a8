"""What people write in German; umlauts are read as plain vowels or as two letters, and ß as ss."""

from leadline.rules.grounds import Ground
from leadline.rules.phrasebook import Language

LISTS = {
    "NACHRICHTEN": "nachrichten, nachricht, sms, texte, spam, werbung, mails, anrufe, werbenachrichten, werbe sms, newsletter, "
    "benachrichtigungen, angebote, text, messages, msgs, kontakt, zeug, kontaktaufnahme, kontaktaufnahmen, werbesms, mist",
    "SCHREIBEN": "schreiben, schicken, senden, kontaktieren, belastigen, belaestigen, nerven, anschreiben, storen, stoeren, "
    "anrufen, zuspammen, spammen, simsen, texten, zusenden, zuschicken, versenden, melden, kontaktiert, belastigt, angeschrieben, "
    "angerufen, geschrieben",
    "SCHREIBT": "schreibt, schreib, schreibe, schickt, schick, schicke, schicken, schreiben, sendet, sende, senden, kontaktiert, "
    "kontaktiere, kontaktieren, belastigt, nervt, nerv, nerven, spammt, belastigen, ruft, rufen, stort, storen, simst, textet, melden, meldet",
    "AUF": "auf, uff, damit auf",
    "LOSCHEN": "loschen, loeschen, losche, loscht, loeschet, loesche, entfernen, entferne, entfernt, streichen, streicht, streiche, "
    "nehmen, nimm, nehmt, austragen, tragen, trage, tragt, entfernen, vergessen, vergesst, vergiss, werft, sperren, geloscht",
    "NUMMER": "nummer, handynummer, telefonnummer, rufnummer, daten, kontakt, namen, handy, nr, kontaktdaten, mobilnummer, eintrag",
}

TABLES = {
    Ground.KEYWORD: """
        ^ stopp/stop/ende nachrichten/sms/werbung $
        ^ stopp/abmelden/abbestellen/austragen/abmeldung/loschen/loeschen/stoppen/aufhoren/aufhoeren/abbestellung/kundigen/kuendigen/abstellen/entfernen/widerruf/widerrufen/abgemeldet $
        ^ stopp sms/alle/alles/nachrichten $
        ^ schluss jetzt/damit $
        ^ hort/hor/horen auf/sie $
        ^ hor/hort/horen/aufhoren sie? .. AUF? damit? $
        ^ mich? austragen/abmelden/loschen/entfernen lassen? $
        ^ keine NACHRICHTEN mehr? $
        ^ nicht mehr $
        ^ nix mehr $
        ^ keine mehr $
        ^ raus $
    """,
    Ground.WEAK_KEYWORD: """
        ^ schluss/ende/beenden/halt/aus/abbrechen/reicht/stornieren/genug $
        ^ es reicht $
    """,
    Ground.REQUEST: """
        hor/hort/horen/hoer/hoert/hoeren sie/endlich/mal/doch? .. AUF
        hor/hort/hoer/hoert AUF
        aufhoren/aufhoeren mir/mich/uns/zu/mit/damit
        keine/kein weiteren/weitere/mehr/eure/ihre/deine/solche/sms NACHRICHTEN
        keine/kein weiteren/weitere/mehr/eure/ihre/deine? NACHRICHTEN mehr/$/schicken/senden/erhalten/bekommen/von/an/mehr
        keine/kein .. NACHRICHTEN mehr
        mir/mich/uns/an/diese/hier nicht/keine/nix/nichts/nie mehr/wieder/NACHRICHTEN .. SCHREIBEN/SCHREIBT/schreiben/$
        SCHREIBT mir/mich/uns/an/hier .. nicht/nie/keine/nix/nichts mehr/wieder/NACHRICHTEN
        SCHREIBT mich/uns nicht/nie
        SCHREIBT sie mir/mich/uns .. nicht/nie/keine/nichts mehr/wieder/NACHRICHTEN
        nicht/nie mehr/wieder SCHREIBEN/SCHREIBT
        mochte/moechte/mocht/will/wollen/wunsche/wuensche/mochten .. keine/kein/nicht/nichts/nix weiteren/mehr/NACHRICHTEN/kontaktiert/angeschrieben/von/belastigt/haben? .. $
        mochte/moechte/will/wollen/wunsche .. keine/kein .. NACHRICHTEN
        mochte/moechte/will/wollen/wunsche .. nicht mehr kontaktiert/angeschrieben/belastigt/auf/von
        mochte/moechte/will/wollen nicht kontaktiert/angeschrieben/belastigt
        nichts mehr von euch/ihnen/dir
        lasst/lass/lassen mich/uns/sie .. in ruhe/frieden/zufrieden
        in ruhe $
        verpisst/verpiss/haut/hau/zieh/verzieht euch/dich/ab/leine
        verschwindet/verschwinde $
        stellt/stellen/stell sie? .. ein $
        stoppt/stoppen/stopp sie? die/diese/den/das/mit/eure/alle/diesen .. NACHRICHTEN
        unterlassen/unterlasst sie/es/das/die
        unterlassung
        vergesst/vergiss/vergessen sie? meine/diese NUMMER
        bitte? aufhoren/aufhoeren $
        damit aufhoren/aufhoeren
        schluss mit den/der/diesen NACHRICHTEN
        genug von NACHRICHTEN
    """,
    Ground.REMOVAL: """
        LOSCHEN sie? meine/diese/unsere/die/meinen .. NUMMER
        meine/diese/unsere/meinen NUMMER .. LOSCHEN/raus/austragen
        LOSCHEN sie? mich/uns .. von/aus/vom .. liste/verteiler/datenbank/system/kartei
        NUMMER LOSCHEN $
        LOSCHEN sie? mich/uns aus/raus/bitte/sofort
        mich/uns .. aus/von der/dem/ihrer/eurer/eurem/ihrem/dieser/vom/deiner liste/verteiler/datenbank/kartei/system
        von/aus der/ihrer/eurer/dieser liste/verteiler/datenbank LOSCHEN/nehmen/streichen/entfernen/austragen/runter
        mochte/moechte/will/wollen/hiermit/bitte .. mich? abmelden/austragen/abbestellen/ab/loschen/abgemeldet/geloscht
        melde/melden mich/sie .. ab
        meldet/meld mich ab
        mich/uns abmelden/austragen/loschen/entfernen/abzumelden/auszutragen
        trag/tragt/tragen mich/uns/sie .. aus
        abbestellen die/diese/den/das/alle
        NACHRICHTEN abbestellen/abstellen/stoppen/einstellen/abmelden/kundigen
        bestelle/bestell .. ab
        robinsonliste
    """,
    Ground.WITHDRAWAL: """
        widerrufe/ziehe/widerruf/entziehe/widerspreche .. einwilligung/zustimmung/erlaubnis/genehmigung/verarbeitung/nutzung/werbung
        einwilligung/zustimmung .. zuruck/widerrufen/entzogen
        keine/nie/nicht .. einwilligung/erlaubnis/zustimmung/zugestimmt/eingewilligt/erlaubt
    """,
    Ground.REPEATED: """
        habe/hab/hatte .. schon/bereits/doch .. gesagt/abgemeldet/geschrieben/gebeten/stopp/abbestellt/gekundigt
        schon/bereits mehrmals/dreimal/zweimal/oft .. gesagt/abgemeldet/geschrieben/gebeten/stop/stopp
        wie oft noch/soll/muss
        zum letzten mal
        letzte warnung
        warum .. immer noch/wieder
        immer noch NACHRICHTEN
        bekomme/kriege/erhalte .. immer noch
    """,
    Ground.THREAT: """
        zeige/zeig/melde/werde/blockiere/verklage/erstatte/sperre .. an/anzeige/melden/blockieren/verklagen/anzeigen/blockiert/bundesnetzagentur/anwalt
        anzeige .. erstatten/erstattet/raus/wegen
        bundesnetzagentur/verbraucherzentrale/verbraucherschutz/abmahnung/unterlassungsklage/dsgvo
        mein anwalt wird/meldet
        das ist belastigung/belaestigung/nötigung/verboten
        belastigung/belaestigung
        blockiert/gemeldet/gesperrt/angezeigt $
        ich blockiere/blockier/melde euch/sie/dich/diese
    """,
    Ground.WRONG_PERSON: """
        falsche/verkehrte/falschen/falscher nummer/person/empfanger/adressat/kontakt
        falsch verbunden
        verwahlt/vertippt/verwaehlt
        bin nicht * $
        bin nicht der/die/herr/frau richtige?
        hier ist/gibt/wohnt/heisst/arbeitet .. kein/keine/niemand/nicht/keiner
        ich? kenne keinen/keine/niemanden/ihn/sie/den
        wohnt/arbeitet .. nicht mehr
        das ist nicht die/mehr/meine nummer/handy
        das ist nicht * $
        nummer gehort/gehoert nicht/jetzt/mir
        ist verstorben/tot/gestorben
        verwechseln/verwechselt/verwechslung mich?
        irrtum/irren $
        ^ wer ist * $
    """,
    Ground.DECLINE: """
        kein/keinerlei/null interesse
        nicht/nichtmehr mehr? interessiert
        interessiert/interessieren mich/uns nicht
        ^ nein danke $
        ^ ne danke $
        ^ nein .. danke $
        danke nein
        kein bedarf
        nicht fur mich $
        brauche/brauchen/will/wollen/mochte/suche/suchen ich/wir? nicht/nichts/keine/keinen/nix/das .. mehr?
        brauch ich nicht
        schon/bereits verkauft/gekauft/unterschrieben/gefunden/versorgt/vergeben/abgeschlossen
        anderweitig/woanders
        meinung geandert
        vielleicht spater
        jetzt nicht $
        hat sich erledigt
        steht nicht zum verkauf
    """,
    Ground.SOURCE: """
        woher/wie/wo haben/habt/hast/kommen/kommt/hat sie/ihr/du/er .. nummer/kontakt/daten/meine
        wer hat ihnen/euch/dir .. gegeben
        von wem haben/habt/hast
        warum/wieso/weshalb schreiben/schreibt/bekomme/kontaktieren/kontaktiert/erhalte/kriege/schickt/schicken
        nie/nicht .. angemeldet/bestellt/registriert/gebeten/abonniert/angefordert
        betrug/abzocke/spam/betruger/abzocker $
        ist das .. spam/betrug/abzocke/serios
    """,
    Ground.TOO_MUCH: """
        zu viele NACHRICHTEN
        so viele NACHRICHTEN
        weniger NACHRICHTEN
        keine/nicht .. nach/vor/abends/nachts/wahrend/am/bei/sonntags 20/21/22/8/der/arbeit/wochenende/uhr
        nur per/noch mail/email/telefon/e
        nervt/nervig/lastig $
    """,
    Ground.ANGER: """
        leck/leckt mich
        fick/fickt dich/euch
        halt/halts/haltet die/s? fresse/maul/klappe
        arschlocher/idioten/arschloch/penner
        nervt/nervig
        verdammt nochmal
        habe/hab die schnauze
        schnauze voll
        ihr/sie nervt/nerven
        geht mir auf
    """,
    Ground.START: """
        ^ anmelden/abonnieren/starten/weiter/beginnen/fortsetzen/reaktivieren/anmeldung/los $
        wieder anmelden/abonnieren/NACHRICHTEN/aufnehmen/schreiben/schicken/eintragen/aktivieren/starten/anfangen
        mochte/moechte/will/hatte/wurde .. wieder .. NACHRICHTEN/erhalten/bekommen/anmelden
        mochte/moechte/will/wurde .. NACHRICHTEN .. wieder .. erhalten/bekommen/haben/empfangen
        NACHRICHTEN wieder erhalten/bekommen/aktivieren/haben/einschalten
        meldet/melden/melde/tragt/tragen/nehmt/nehmen/trag mich/sie .. wieder .. an/ein/auf
        konnt/konnen/konnt/durft/durfen ihr/sie mir .. wieder .. schreiben/schicken/senden
        schickt/schicken/sendet/senden/schreibt/schreiben sie? mir .. wieder
        versehentlich/ausversehen/aus versehen? .. stop/stopp/abgemeldet/gestoppt
        aus versehen
        stopp/stop/abgemeldet .. versehen/versehentlich
    """,
    Ground.YES: """
        ^ ja $
    """,
    Ground.HELP: """
        ^ hilfe/info/infos/information/informationen $
        ^ brauche hilfe $
        ^ ich brauche hilfe $
        hilfe/infos/informationen/info zu/mit/uber/bei diesen/dieser/den NACHRICHTEN/nummer/dienst
        ^ wer ist/seid/sind/bist/schreibt/bist das/ihr/sie/du/da/dort/mir/denn $?
        wer schreibt/schickt/sendet/kontaktiert/textet mir/mich/da/diese
        mit wem schreibe/spreche/rede/hab/habe
        welche/welcher/von firma/unternehmen/welcher .. ist/sind/seid/sie/ihr/steckt
        was ist das/dies fur .. nummer/nachrichten/nachricht/service/dienst/$
        was soll das/dies sein?
        worum geht es/s
        an wen kann/muss/wende ich
        wie kann ich sie/euch/jemanden erreichen/kontaktieren
        wie erreiche ich
    """,
    Ground.ASKING: """
        wie
        kann ich
        gibt es
        wo kann
        was muss
        muss ich
    """,
    Ground.OBJECT: """
        sie? die/den/das/eine/einen/der
    """,
    Ground.LIMIT: """
        nach/vor/wahrend/bis/wenn/so/heute/solange/ausser/abends/nachts/sonntags
        am wochenende/sonntag/abend
        bei der arbeit
        in der nacht
        um diese uhrzeit
    """,
    Ground.ORDINARY: """
        ^? das? hort/hoert sich gut/super/toll/okay/fair/interessant an $?
        stopp/halt an/bei/in/vor/ich/hinter/kurz
        nicht aufhoren/stoppen/stornieren/kundigen/abbestellen/loschen/entfernen
        ende der/des/mai/juni/juli/august/januar/februar/marz/april/september/oktober/november/dezember/woche/monat/nachster/nachsten
        am/bis/zum/zu/anfang ende
        halt nur/so/mal/an/das/die/eben/doch
        ich? will/mochte nicht kundigen/aufhoren/stornieren
        nehmen/nimm/nehmt sie mich? mit
        nehmen/streichen/entfernen/loschen sie? die/das/den/der/bitte .. position/zubehor/teppich/baum/paket/foto/klausel/option/garantie
        rufen sie mich? nicht .. schreiben/sms/text
        nicht anrufen .. schreiben/sms/text/lieber/besser
        stornieren sie/den/die .. termin/bestellung/buchung
        termin/vertrag/bestellung/probefahrt/versicherung/miete kundigen/stornieren/absagen/beenden/abbrechen
        kein/keine problem/ahnung/sorge/frage/eile/zeit/stress/fragen
        bin nicht sicher/da/zuhause/zu/im/mehr/in/abgeneigt/erreichbar/vor/heute/morgen/ganz/bei/so
        das/es ist nicht schlimm/gut/so/mehr/das/zu/weit/schlecht/notwendig/moglich/notig/teuer/ok/dringend
        wer ist der/die/das/fur/mein/unser
        so gut/schnell/weit/viel
        konnen/konnten sie mir helfen
        wie lange/viel/ist/geht/komme/war/lauft
    """,
}

GERMAN = Language("de", LISTS, TABLES)
