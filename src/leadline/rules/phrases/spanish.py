"""What people write in Spanish, without accents."""

from leadline.rules.grounds import Ground
from leadline.rules.phrasebook import Language

LISTS = {
    "MENSAJES": "mensajes, mensaje, textos, texto, sms, mensajitos, publicidad, spam, propaganda, notificaciones, alertas, "
    "promociones, llamadas, correos, ofertas, msjs, msj, mensages, avisos, anuncios, recordatorios, basura",
    "ME": "me, nos, le, les",
    "MANDAR": "mandar, mandarme, enviar, enviarme, escribir, escribirme, molestar, molestarme, textear, textearme, texteando, "
    "mensajear, mensajearme, contactar, contactarme, llamar, llamarme, joder, jodan, acosar, acosarme, mandarnos, enviarnos, "
    "escribirnos, molestarnos, chingar, fastidiar, hablarme, marcarme, insistir, mandando, enviando, escribiendo, molestando, "
    "contactarnos, llamarnos, spamear, mandarle, enviarle, escribirle, textiarme, textiar, enviar me",
    "MANDEN": "manden, mande, mandes, envien, envie, envies, escriban, escriba, escribas, molesten, moleste, molestes, contacten, "
    "contacte, contactes, texteen, textee, textees, jodan, jodas, chinguen, hablen, hables, sigan, "
    "sigas, siga, fastidien, vuelvan, vuelva, vuelvas, textien, textes, spameen, busquen, busques, marquen, insistan, insista, "
    "mensajeen, comuniquen, contesten",
    "DEJEN": "dejen, deje, deja, dejar, paren, pare, para, parar, dejame, dejenme, dejeme, basta, ya, cesen, cese, dejense, dejate, "
    "suspendan, suspenda",
    "QUITEN": "quiten, quite, quita, quitar, quitenme, quiteme, quitame, borren, borre, borra, borrar, borrenme, borreme, borrame, "
    "eliminen, elimine, elimina, eliminar, eliminenme, elimineme, eliminame, saquen, saque, saca, sacar, saquenme, saqueme, sacame, "
    "remuevan, remueva, remover, remuevanme, remuevame, borrarme, eliminarme, quitarme, sacarme, quitarnos, tachen, retiren, retirenme",
    "LISTA": "lista, listas, base, sistema, registro, grupo, datos, contactos, directorio, agenda, envios",
    "MI": "mi, mis, este, el, nuestro, esta",
    "NUMERO": "numero, telefono, cel, celular, movil, nombre, contacto, datos, linea, num, nro, no, informacion, correo",
    "DAR_BAJA": "dar de baja, darme de baja, dame de baja, denme de baja, deme de baja, darse de baja, baja, dar me de baja, "
    "den de baja, de baja, doy de baja, dado de baja, darnos de baja, dadme de baja",
    "SUSCRIPCION": "suscripcion, subscripcion, inscripcion",
    "DESUSCRIBIR": "desuscribir, desuscribirme, desuscribanme, desuscribeme, desuscribame, desuscribirse, desinscribir, "
    "desinscribirme, desubscribir, desubscribirme, cancelar suscripcion, cancelar SUSCRIPCION, cancelar la SUSCRIPCION, "
    "cancelar mi SUSCRIPCION, cancelen mi SUSCRIPCION, cancele mi SUSCRIPCION, anular SUSCRIPCION, anular mi SUSCRIPCION, "
    "desuscripcion, desuscribase, desuscribe, desapuntarme, borrarme de, desapuntame, anular la SUSCRIPCION, terminar SUSCRIPCION, "
    "terminar mi SUSCRIPCION, desactivar, desactiven, desactiveme",
}

TABLES = {
    Ground.KEYWORD: """
        ^ alto/parar/stop/cancelar/detener mensajes/textos/sms $
        ^ alto/pare/paren/parar/detener/detenganse/detengan/detente/deten/detengase/cancelar/cancelenme/cancelame/salir/salirme/dejenme $
        ^ baja/bajas/desuscribir/eliminar/eliminarme/borrar/borrame/remover/quitar/detener/anular/desactivar/stop $
        ^ no mas/mensajes $
        ^ no mas no mas $
        ^ basta $
        ^ ya basta $
        ^ ya no $
        ^ ya no mas $
        ^ parar todo $
        ^ ya paren/dejen/parenle/parale/parele/dejenme $
        ^ DAR_BAJA $
        ^ DESUSCRIBIR $
        ^ no quiero mas/recibir $
        ^ QUITEN $
        ^ alto ya/ahi/a $
        ^ parale/parenle/dejense/detener ya? $
        ^ stop ya/mensajes/textos/alto $
        ^ fuera $
    """,
    Ground.WEAK_KEYWORD: """
        ^ fin/terminar/finalizar/acabar/cancelen/cancela/cancele/cancelalo/para/deja/cancelado $
        ^ cancelar todo/esto $
    """,
    Ground.REQUEST: """
        DEJEN ya? de ME? MANDAR
        DEJEN ya? de estar ME? MANDAR
        DEJEN ya? de chingar/joder/fregar/mamar/molestar
        DEJEN los/las/de/sus/estos/tantos .. MENSAJES
        dejame/dejenme/dejeme/dejanos/dejennos en paz
        dejame/dejenme/dejeme/dejanos tranquilo/tranquila/solo/sola/quieto
        en paz $
        no/nunca/jamas ya? ME MANDEN
        ya no ME MANDEN
        no/nunca ME MANDEN mas/nada/MENSAJES/otro/nunca/mas
        no MANDEN mas/MENSAJES/nada/ME
        no MANDAR mas? MENSAJES/nada
        no MANDAR mas
        ya? no MANDEN MENSAJES/mas/$
        no ME vuelvan/vuelva/vuelvas a MANDAR
        no vuelvan/vuelva/vuelvas a MANDAR
        no quiero/quisiera/deseo/queremos/necesito/deseamos/acepto/autorizo que ME MANDEN
        no quiero/quisiera/deseo/queremos/necesito/deseamos/autorizo/acepto mas? mas/sus/estos/de/recibir/seguir/recibiendo/tener/que .. MENSAJES
        no quiero/deseo/quisiera/queremos recibir/seguir mas/nada/recibiendo/esto
        no quiero/deseo/quisiera saber/recibir mas? nada? de/mas/ustedes/uds
        no quiero/deseo mas $
        no quiero MENSAJES
        no mas MENSAJES
        ni un MENSAJES mas
        basta de/con tantos/los/sus/estos/tanto? MENSAJES
        basta ya
        paren/pare/para/paran/parar/detengan/detenga/detener/suspendan/cancelen/cancele/cancelar con? los/las/estos/sus/tantos/esos/tus/de/el .. MENSAJES
        paren/pare/parar/detengan/detener/cancelar/cancelen/detenga/no MENSAJES
        paren ya/con/esto
        ya paren/parenle/dejen/dejenme
        quiero/quisiera/deseo/pido/exijo/solicito/favor .. que? dejen/paren/deje/pare/dejar/parar
        quiero/quisiera/deseo/solicito/pido dejar de recibir
        dejar de recibir MENSAJES/sus/estos/los
        sin MENSAJES
        no ME molesten/moleste/molestes/moleste/jodan/jodas/chinguen/escriban/contacten/texteen
        no molestar
        vayanse a/al
        vete/vayanse a la mierda/chingada/verga
        vete/vayanse al diablo/carajo
        larguense
        olviden/olvidense/olvida/olvide/olvidate/pierdan/pierda de? MI NUMERO
        no ME interesa/interesan y/que/sus/recibir/los .. MENSAJES/escriban/llamen
        no usen/use/uses mi numero
        stop .. MENSAJES
    """,
    Ground.REMOVAL: """
        QUITEN MI NUMERO
        QUITEN de/del la/su/tu/sus/esa/esta/las/ese LISTA
        QUITEN .. de su/sus/tu/esa LISTA
        quitenme/borrenme/eliminenme/saquenme/saqueme/quiteme/borreme/elimineme/sacame/quitame/borrame/eliminame/remuevanme/removerme/remuevame/retirenme
        ME pueden/puede/puedes/podrian/podria/quiero QUITEN
        pueden/puede/quiero/quisiera/deseo/favor de quitarme/borrarme/eliminarme/sacarme
        quiero/quisiera/deseo/favor/pido/solicito/solicitar/necesito/puede/pueden ME? la? DAR_BAJA
        DAR_BAJA de/del/mi/este/por/la/esta/al
        ME dan/da/den/de/doy/des de baja
        DESUSCRIBIR
        quiero/quisiera/deseo salir/salirme de/del esta/este/la/su? lista/grupo/esto
        no quiero/deseo estar/seguir en/suscrito/inscrito su/esta/la? lista?
        salir/salirme/sacarme de su/la/esta/tu LISTA
        lista de no llamar/contactar
        cancelen/cancele/cancelar/anular/anulen mi/la/esta SUSCRIPCION
        fuera de su/la/esta lista
    """,
    Ground.WITHDRAWAL: """
        retiro/revoco/retirar/revocar/cancelo/niego mi/el/todo consentimiento/permiso/autorizacion
        no doy/tienen/tiene/autorizo/di/tienes/he/consiento mi/dado/a/que/el consentimiento/permiso/autorizacion/contactarme/ME/me
        no tienen/tiene/tienes permiso/autorizacion/consentimiento/derecho
        no autorizo/consiento
        sin mi permiso/consentimiento/autorizacion
    """,
    Ground.REPEATED: """
        ya les/le/te/lo/se dije/pedi/he/mande/escribi/habia .. que? no/alto/pare/paren/stop/basta/dejen/dejaran/borren/quiten
        ya dije/pedi que? no/paren/pare/paren/basta/alto/stop
        cuantas veces
        por ultima vez
        siguen/sigue/sigues mandando/enviando/escribiendo/molestando/mandandome/enviandome/escribiendome/molestandome/llamando
        sigo recibiendo
        por que siguen/sigue/sigues/sigo
    """,
    Ground.THREAT: """
        los/lo/te/voy/vamos/le .. denunciar/reportar/demandar/bloquear/reporto/denuncio/demando/bloqueo
        denunciare/denunciarlos/denunciarte/reportarlos/demandarlos/demandare/bloqueados/reportados/bloqueado/reportado/denunciados
        denuncia/denuncio/reporto/queja/reporte a/ante/con/contra/por
        esto es acoso
        acoso
        acosando
        mi abogado les/se/los/le
    """,
    Ground.WRONG_PERSON: """
        numero/persona/telefono/contacto equivocado/equivocada/incorrecto/erroneo/equibocado/erronea
        equivocado/equivocada/equivocados/equibocado $
        se/te ha/han/has/esta/estan/equivoco/equivocaron/equivocaste/equivoca/equivocas de/equivocado/equivocando? numero/persona?
        estas/estan/esta equivocado/equivocada/equivocados
        no soy * $
        no soy * * $
        no soy la/el/esa/ese/quien persona/que/usted/ustedes/dueno/propietario/senor/senora
        aqui no hay/vive/esta/trabaja/es/conocemos
        no vive/trabaja/esta aqui
        no hay ningun/ninguna/nadie/alguien
        no conozco/se a/quien/ningun/ninguna
        este/ese ya? no es el/de/mi? numero/telefono
        este/ese no es/pertenece el/de/mi/a?
        ya no es/tiene/usa su/este numero
        numero nuevo mio
        cambio de numero
        fallecio/murio/fallecido/fallecida
        ^ quien es * $
        persona incorrecta
        acabo de obtener/recibir/adquirir este numero
    """,
    Ground.DECLINE: """
        no ME? interesa/interesan/interesado/interesada/interesados $
        no ME interesa/interesan
        no estoy/estamos/soy interesado/interesada/interesados
        ya no ME? interesa/interesado/interesada/necesito/quiero/busco/estoy/vendo/buscamos
        ^ no gracias $
        cancelo/paro estos/los/sus MENSAJES
        ^ no muchas gracias $
        ^ no .. gracias $
        no quiero/necesito/necesitamos/busco/vendo/compro nada/vender/comprar/$/su/sus/ya/nada
        no lo quiero/necesito $
        no estoy/estamos buscando/vendiendo/comprando
        no esta/est a/en? venta
        ya vendi/compre/tengo/encontre/compramos/vendimos/firme/firmamos/contrate/encontramos/la/lo/renove/tenemos la/el/lo/una/un/otro/otra/vendi/compre/con?
        ya lo/la? vendi/vendimos/compre/compramos/firme/firmamos/encontre/contrate
        ya tengo/tenemos uno/una/otro/agente/seguro/alguien/quien
        cambie/cambiamos de opinion/idea
        tal vez despues/luego
        paso gracias
        ni loco/loca/hablar
        ahora no $
        ahorita no $
        por ahora no $
        fui/fuimos con otro/otra/alguien
        ya no vivo/soy/tengo
    """,
    Ground.SOURCE: """
        como/de/donde/quien .. obtuvo/obtuvieron/consiguio/consiguieron/tienen/tiene/tienes/saco/sacaron/sacaste/conseguiste/dio/paso/consiguen/obtuviste/dieron/pasaron/encontraron .. mi/numero/este
        quien .. dio/paso .. numero
        por que/q ME estan/esta/mandan/manda/escriben/escribe/contactan/llaman/llegan/llega/envian/molestan/estas/contacta
        por que/q recibo/estoy
        nunca/no .. me suscribi/inscribi/registre/apunte
        no pedi/solicite/solicito/autorice esto/estos/sus/mensajes/que/ningun
        nunca pedi/solicite/autorice/di
        es esto estafa/spam/fraude
        estafa/estafadores/fraude/spam $
        es/son/esto una/un/spam/puro .. estafa/fraude/estafadores/spam
    """,
    Ground.TOO_MUCH: """
        demasiados/muchos/tantos/menos MENSAJES
        no tan/tanto/tantos seguido/MENSAJES/temprano/tarde
        no ME? MANDEN .. tan/tanto/tantos
        no ME MANDEN .. en/despues/antes/a/de/por/los/cuando/hasta/durante/mientras/al .. trabajo/trabajando/noche/hora/horas/domingo/domingos/madrugada/tarde/trabajar/10/9/8
        no MENSAJES despues/antes/durante/mientras/en/los
        solo por correo/email/llamada/telefono
        solo correo/email
        son las 5/4/3/2/6 de
        que/ya fastidio/pesados/molestos/latosos
        ya chole
    """,
    Ground.ANGER: """
        chinga/chinguen/chingate tu/su/a
        chingue a
        vete/vayanse a
        pinches/pinche/malditos/maldito/pendejos/pendejo/idiotas/cabrones/imbeciles
        harto/harta/hartos/cansado/cansada de/con
        me tienen harto/harta/hasta
        no mamen/jodan/joda/jodas/chinguen/friegues/molesten
        que molestia/molestos/pesados/fastidio/necios
        callate/callense
    """,
    Ground.START: """
        ^ empezar/comenzar/iniciar/suscribir/suscribirme/suscribanme/suscribeme/reanudar/continuar/activar/alta/resuscribir/inscribir/inscribirme/reactivar/comienzo $
        ^ darme/dame/denme de alta
        quiero/quisiera/deseo/favor/pueden/puede/queremos que? ME vuelvan/vuelva/vuelvas a MANDAR
        quiero/quisiera/deseo/pueden/favor/me volver/vuelvan/vuelva a recibir/MANDAR/suscribirme/inscribirme/escribirme
        vuelvan/vuelva/volver/vuelve a MANDAR
        vuelvan/vuelva/volver a suscribirme/inscribirme/agregarme/ponerme/anadirme/activar/apuntarme
        quiero/quisiera/deseo/pueden recibir otra/de/nuevo/los/sus/mas? .. MENSAJES
        quiero/quisiera/deseo/me suscribirme/suscribir/inscribirme/reactivar/reanudar
        suscribanme/suscribame/suscribeme/inscribanme/inscribeme/reinscribanme/apuntenme/agreguenme/anadanme
        reanudar/reactivar/reactiven/activen/activar/reanuden/activa .. MENSAJES
        manden/mande/envien/manda/mandenme/envienme/mandame/envieme/mandeme/escribanme .. de nuevo/vuelta
        manden/envien/mandenme/envienme/mandame/escribanme .. otra vez
        pueden/puede seguir/volver mandando/enviando/escribiendo
        sigan mandando/enviando/escribiendo/mandandome/enviandome
        fue un error .. suscriban/manden/vuelvan
        por error/accidente .. cancele/alto/baja/stop/pare
        cancele/baja/stop/alto/cancele por error/accidente
        sin querer .. baja/stop/alto
        darme/denme/dame/dar de alta
    """,
    Ground.YES: """
        ^ si $
    """,
    Ground.HELP: """
        ^ ayuda/auxilio/ayudenme/ayudame/informacion/socorro/ayudeme/info $
        ^ necesito ayuda $
        ayuda/informacion con/sobre/de/acerca estos/este/los/esta MENSAJES/servicio/numero
        ^ quien es/eres/habla/son/me/sos este/esto/usted/ustedes/habla/$/escribe/tu/manda $?
        quien/quienes ME escribe/manda/envia/habla/contacta/mandan/escriben/envian
        quien/quienes es/son/eres/sos usted/ustedes/tu
        con quien hablo/estoy/tengo
        de que/cual/q empresa/compania/negocio/parte .. son/es/eres/escriben/escribe/habla/me
        que es/son/empresa/compania este/esto/estos/es/esta .. numero/mensajes/mensaje/servicio/$
        que es esto
        de parte de quien
        a que/quien/cual/donde .. telefono/numero/correo/puedo/llamo/contacto/pregunto .. sobre/de/con/por/acerca estos/este/los/esto MENSAJES
        a que/cual/quien telefono/numero/llamo .. dudas/preguntas
        para que es este
        como ME comunico/contacto con ustedes/soporte/alguien
    """,
    Ground.ASKING: """
        como puedo/hago/cancelo/le/se/podria/me/hacer/cancelo
        como
        se puede
        hay forma/manera/alguna
        puedo
        donde
        que tengo/hago/debo
    """,
    Ground.OBJECT: """
        el/la/los/las/mi/un/una
    """,
    Ground.LIMIT: """
        despues/antes/durante/mientras/cuando/hasta/tan/tantos/tanto/por la noche/manana
        en la noche/madrugada/manana/tarde
        a esta/estas hora/horas
        los domingos/sabados/fines
        al trabajo
        en el trabajo
        en horas
        ahorita
        ahora
        hoy
        si no
    """,
    Ground.ORDINARY: """
        ya no tengo preguntas/dudas/tiempo/prisa
        no me mande/manden/envie la/el/las/los factura/recibo/contrato/cuenta/pago
        no paren/pare/pares/dejen/deje/dejes/cancelen/canceles/cancele/detengan/quiten/borren/borre/eliminen
        no quiero/queremos cancelar/salir/DAR_BAJA/parar/dejar
        cancelar la/el/mi/una/con/en/lo/los/las/a/mensualmente/por .. cita/reserva/visita/pedido/reunion/poliza/seguro/contrato/deuda/prueba/orden/cuenta/membresia/factura/efectivo/tarjeta/total/saldo
        cancelo en/con/la/el/mi/manana/hoy/todo/al
        puedo/puede/podemos/debo/tengo/hay/si cancelar/cancelo/que
        fin de/del/semana/ano/mes
        para el/la/los/las/mi/que/cuando/una/un/manana/hoy/ti/usted/nosotros/comprar/vender
        mas alto/bajo/alta
        muy/tan/es/lo/esta/precio/costo/todo/demasiado/bien/alquiler/interes/mas/un alto/alta
        alto el/precio/voltaje/rendimiento
        salir a/de/del/temprano/manana/con/antes/para/por/en/hoy
        quite/quiten/quitar/borrar/quita/eliminar/elimine/eliminen el/la/los/las/ese/esa/eso/esos/un/una/mi/este/lo .. arbol/mancha/cuarto/alfombra/foto/fotos/clausula/puerta/muebles/nombre/cargo/opcion/piso/articulo/linea/paquete/seguro/garantia
        no me llamen/llame/llames mejor/por
        no me llamen/llame/llames .. texto/mensaje/textos/mandame/escribame
        no se preocupe/preocupen/moleste/ve/si/puede/cuando/cual/donde/como/que
        no hay problema/duda/prisa/de/agua/luz/espacio/garaje/bronca
        dar de baja el/la/mi/un .. coche/auto/carro/placas/servicio/luz/agua/poliza/vehiculo
        baja de precio/el/la/renta
        la/de/una/en/planta/mas/precio baja
        ME ayuda/ayudas/ayudan/puede/pueden .. con/a
        quien es el/la/mi/su .. agente/dueno/banco/encargado/vendedor
        que es el/la/lo/un/una/mejor/eso
    """,
}

SPANISH = Language("es", LISTS, TABLES)
