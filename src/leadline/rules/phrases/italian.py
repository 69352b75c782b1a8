"""What people write in Italian, without accents."""

from leadline.rules.grounds import Ground
from leadline.rules.phrasebook import Language

LISTS = {
    "MESSAGGI": "messaggi, messaggio, sms, spam, pubblicita, notifiche, testi, messaggini, msg, chiamate, promozioni, comunicazioni, "
    "email, offerte, avvisi, telefonate, roba",
    "SMETTETE": "smettete, smettetela, smetti, smettila, smetta, smetterla, smettere, basta, finitela, finiscila, piantatela, piantala, "
    "cessate, stop, fermate, fermatevi, interrompete, la smetta, la smettete, la smetti, cessare, la pianti, sospendete",
    "SCRIVERE": "scrivere, scrivermi, mandare, mandarmi, inviare, inviarmi, contattare, contattarmi, disturbare, disturbarmi, molestare, "
    "molestarmi, rompere, tormentare, tormentarmi, chiamare, chiamarmi, messaggiare, messaggiarmi, assillare, assillarmi, spammare, "
    "scriverci, mandarci, inviarci, contattarci, disturbarci, infastidire, infastidirmi, scocciare",
    "SCRIVETE": "scrivete, scrivetemi, scrivere, scrivermi, mandate, mandatemi, mandarmi, mandare, inviate, inviatemi, inviarmi, inviare, "
    "contattate, contattatemi, contattarmi, contattare, disturbate, disturbatemi, disturbare, disturbarmi, chiamatemi, chiamate, rompete, "
    "scriva, scrivi, mandi, invii, contatti, disturbi, scriverci, contattarci, messaggiatemi, fatevi, scrivermi, infastidite",
    "CANCELLATE": "cancellate, cancella, cancelli, cancellare, rimuovete, rimuovi, rimuova, rimuovere, togliete, togli, tolga, togliere, "
    "eliminate, elimina, elimini, eliminare, levate, leva, depennate, scordatevi, dimenticate, dimenticatevi",
    "CANCELLATEMI": "cancellatemi, cancellami, cancellarmi, rimuovetemi, rimuovimi, rimuovermi, toglietemi, toglimi, togliermi, eliminatemi, "
    "eliminami, eliminarmi, disiscrivetemi, disiscrivimi, disiscrivermi, levatemi, levami, mi cancelli, mi rimuova, mi tolga, disiscrivete, "
    "mi disiscriva, mi cancellate, cancellateci, disabbonatemi, disabbonarmi, disabbonami, depennatemi, toglieteci, rimuoveteci, mi disiscrivo",
    "NUMERO": "numero, telefono, cellulare, nome, contatto, dati, nominativo, recapito, num",
}

TABLES = {
    Ground.KEYWORD: """
        ^ stop/ferma/fine messaggi/sms/pubblicita $
        ^ basta/cancellami/cancellatemi/disiscrivimi/disiscrivetemi/disiscrivi/disiscrizione/cancellazione/disiscriviti/annulla/ferma/fermati/fermatevi/smettere/interrompi/interrompere/rimuovi/rimuovere/cancellarmi/disabbonami/disdetta/disiscrivere/disiscrivermi $
        ^ SMETTETE subito? $
        ^ basta messaggi/sms/spam/ora $
        ^ CANCELLATEMI $
        ^ non voglio piu/ricevere $
        ^ mai piu $
        ^ no piu $
    """,
    Ground.WEAK_KEYWORD: """
        ^ basta cosi $
        ^ fine/cancella/esci/termina/annullare/disdire/terminare/uscire $
    """,
    Ground.REQUEST: """
        SMETTETE di SCRIVERE
        SMETTETE con/i/di/questi/gli/coi/la/mandare .. MESSAGGI
        SMETTETE MESSAGGI
        la smettete/smetta/smetti
        SMETTETE subito/per/ora
        non mi SCRIVETE piu/mai/nulla/niente/altri
        non SCRIVETE piu/mai/altri/MESSAGGI
        non mi/ci contattate/disturbate/scrivete/mandate/inviate
        non contattatemi/scrivetemi/disturbatemi/mandatemi/inviatemi/disturbate
        non voglio/desidero/vogliamo/vorrei/intendo/desideriamo piu? ricevere/essere/avere/i/questi/vostri/che/sentirvi/sapere .. MESSAGGI/contattato/contattata/disturbato/piu/vostri
        non voglio/desidero/vogliamo/vorrei piu? ricevere/essere/sentirvi
        non voglio/desidero/intendo piu MESSAGGI/nulla/niente/ricevere
        niente/nessun/mai/no piu MESSAGGI
        niente MESSAGGI
        nessun altro? MESSAGGI
        lasciatemi/lasciami/lasciateci/mi lasci/lasciate in? pace/stare
        lasciatemi/lasciami/lasciateci in? pace
        vorrei/voglio/chiedo/desidero smettere/non di ricevere
        vorrei/voglio/chiedo/desidero/prego/potete/puoi/puo/potreste di? non? smettere/smetterla/interrompere/piu
        vaffanculo
        andate/vai a/al/affanculo quel/diavolo/cagare?
        sparite/sparisci $
        dimenticate/dimenticatevi/scordatevi/perdete/buttate il? mio/questo NUMERO
        non rompete/rompere/rompetemi
    """,
    Ground.REMOVAL: """
        CANCELLATEMI
        CANCELLATE il? mio/questo/i/miei NUMERO
        CANCELLATE il numero
        CANCELLATE .. dalla/da/dal/dalle/dai vostra/vostro/vostre/questa/tua? lista/liste/elenco/database/rubrica/sistema
        vorrei/voglio/desidero/potete/puo/chiedo/per .. CANCELLATEMI
        fuori/via dalla/da vostra/questa? lista
        annullare/annullate/disdire/disdico la/l/mia/iscrizione/abbonamento iscrizione/mia/abbonamento? sms/ai/messaggi?
        essere cancellato/rimosso/cancellata/rimossa/tolto/eliminato
        registro delle opposizioni
        disiscrivermi/disiscrizione
        cancellare/cancella/cancellate/annullare la/l/mia? iscrizione/abbonamento/registrazione
    """,
    Ground.WITHDRAWAL: """
        revoco/ritiro/revocare/nego .. consenso/autorizzazione/permesso
        non do/autorizzo/acconsento/ho/avete/presto dato/il/mai? .. consenso/autorizzazione/permesso
        non autorizzo/acconsento
    """,
    Ground.REPEATED: """
        ho gia/piu/vi/ti .. detto/chiesto/scritto/mandato .. di/stop/basta/volte/non/no
        quante volte
        per l ultima volta
        continuate/continua/continui/continuo a/con
        perche .. ancora/continuate/continuo
        ricevo ancora
    """,
    Ground.THREAT: """
        vi/ti/la .. denuncio/segnalo/blocco/querelo/denuncero/segnalero/bloccato/denunciati
        denuncio/denuncero/denuncia/segnalazione/segnalo/esposto/segnalato/querela .. al/alla/tutto/voi/garante/polizia/come garante/polizia/spam?
        garante
        il mio avvocato vi
        e/sono molestie/molestia/stalking
        molestie/stalking
        bloccato/bloccati/segnalato/segnalati/denunciati $
        gdpr
    """,
    Ground.WRONG_PERSON: """
        numero/persona/contatto sbagliato/sbagliata/errato/errata
        avete/hai/ha/ho sbagliato numero/persona
        sbagliato $
        sbaglia numero
        non sono * $
        non sono io/la/il/lo/quella/quello
        qui non c/abita/vive/lavora/ce/esiste
        non abita/lavora/vive piu? qui
        non conosco nessun/nessuno/questa/questo/nessuna
        questo non e piu? il? .. numero
        non e piu? il? numero
        e morto/deceduto/mancato/morta/deceduta
        ^ chi e * $
        vi state sbagliando
    """,
    Ground.DECLINE: """
        non mi/ci interessa/interessano
        non sono/siamo piu? interessato/interessata/interessati
        nessun interesse
        ^ no grazie $
        ^ no .. grazie $
        non fa per me
        non ne? ho/abbiamo/voglio/vogliamo piu? bisogno/vendere/comprare
        gia venduto/comprato/trovato/firmato/acquistato/preso/risolto/assicurato
        abbiamo/ho venduto/firmato/comprato/scelto/trovato gia/altrove/un/altro/con/casa?
        cambiato idea
        non adesso/ora $
        lascia/lasciamo/lasci perdere/stare
        non e in? vendita
        non cerco/cerchiamo piu
        passo $
    """,
    Ground.SOURCE: """
        come/dove/chi avete/hai/ha/vi/ti/le avuto/preso/trovato/ha/dato/ottenuto .. mio/numero/dato/questo
        chi vi/ti ha
        perche mi state/scrivete/mandate/contattate/arrivano/scrivi
        perche ricevo/scrivete/contattate
        non mi sono/ho mai? iscritto/iscritta/registrato/registrata/chiesto
        mai iscritto/chiesto/autorizzato/richiesto
        truffa/truffatori/spam/imbroglio $
        e una/uno .. truffa/spam
    """,
    Ground.TOO_MUCH: """
        troppi/tanti/meno MESSAGGI
        non/niente .. dopo/prima/durante/di/la/al/mentre le/delle/notte/lavoro/domenica/il
        solo via/per email/mail/telefono
        che noia/palle/pesanti/stress
    """,
    Ground.ANGER: """
        vaffanculo/stronzi/stronzo/coglioni/idioti/cretini/bastardi
        rotto/rompere/rompete/rompi i/le/il? palle/scatole/coglioni/cazzo/scassare
        sono stufo/stufa/stanco
        stufo/stufa/stanca/stanco di
        non ne posso piu
        che palle/due
        fatevi i cazzi
    """,
    Ground.START: """
        ^ inizia/iscrivimi/iscrivi/riattiva/riprendi/iscrivermi/iscrivetemi/iniziare/reiscrivimi/attiva/riprendere/ricominciare $
        iscrivetemi/iscrivimi/iscrivermi/reiscrivetemi/reiscrivermi/riscrivetemi/riattivatemi/riattivate/riattivare/riattiva .. nuovo/MESSAGGI?
        vorrei/voglio/posso/desidero .. ricevere/iscrivermi .. nuovo/ancora/MESSAGGI/vostri/nuovamente/gli
        voglio/vorrei tornare a ricevere
        ricominciate/riprendete/ricominciare/riprendere/tornate a .. SCRIVERE
        riprendete/riprendere .. MESSAGGI/invio
        potete .. scrivermi/mandarmi/inviarmi .. nuovo/ancora
        mandatemi/inviatemi/scrivetemi .. nuovo
        rimettetemi/aggiungetemi/mettetemi .. lista
        per sbaglio/errore .. stop/basta/cancellato/disiscritto
        stop/cancellato/disiscritto .. per sbaglio/errore
    """,
    Ground.YES: """
        ^ si $
    """,
    Ground.HELP: """
        ^ aiuto/info/informazioni/assistenza/aiutatemi/aiutami/aiutarmi $
        ^ ho bisogno di aiuto $
        aiuto/informazioni/info/assistenza su/con/per/riguardo questi/questo/i MESSAGGI/servizio/numero
        ^ chi e/siete/sei/parla/scrive/sono $
        ^ chi siete/sei voi/tu?
        chi mi .. scrive/scrivendo/manda/contatta
        chi manda/invia/gestisce questi/questo
        con chi parlo/sto/ho
        che/quale/di azienda/societa/ditta/che .. siete/e/sei/scrivete
        che/cosa cosa/e? e/questo questo/numero/sono/questi? $
        che numero e
        di cosa si tratta
        a chi/quale posso/numero/mi/telefono .. rivolgermi/chiamare/contattare/chiedere/questi
        come .. vi contatto/contattarvi/parlare
        come vi/posso contattarvi/contatto
    """,
    Ground.ASKING: """
        come
        posso
        si puo
        c e un/modo
        cosa devo
        dove
        e possibile
    """,
    Ground.OBJECT: """
        il/la/i/gli/le/l/un/una
    """,
    Ground.LIMIT: """
        dopo/prima/durante/mentre/finche/quando/cosi/oggi/tanti/se/tardi/presto
        la notte/sera/domenica/mattina
        di notte/sera/domenica
        al lavoro
        a quest/questa/queste ora/ore?
    """,
    Ground.ORDINARY: """
        basta che/una/un/cosi/il/la/due/solo/poco/dirmi/chiamare/avere/mezz/mandare/per/sapere/fare/qualche
        mi basta/bastano
        bastano
        non cancellate/cancelli/cancellatemi/fermate/smettete/togliete/rimuovete
        non voglio cancellare/disdire/smettere
        fine di/del/della/mese/settimana/anno/maggio/giugno/luglio/agosto/settembre/ottobre/novembre/dicembre/gennaio/febbraio/marzo/aprile
        alla/a/il/la fine
        annullare/annulla/cancellare/disdire/cancella l/il/la/i/le/un .. appuntamento/visita/ordine/prenotazione/contratto/polizza/prova
        togliere/togliete/rimuovere/eliminare/cancellare l/il/la/i/le/lo/un/quel .. albero/opzione/porta/tappeto/foto/voce/garanzia/clausola
        non chiamatemi/chiamare .. scrivete/messaggio/sms/scrivetemi
        mi aiuta/aiuti/aiutate .. con/a/per
        chi e il/la/l .. agente/proprietario/notaio/responsabile
        non sono sicuro/sicura/a/in/di/ancora/disponibile/libero/libera/qui/contrario
        che cosa/cos e il/la/l
    """,
}

ITALIAN = Language("it", LISTS, TABLES)
